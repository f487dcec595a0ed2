import { makeIssueId } from '#domain/issue/issue-id.ts'
import { describeRow, pickDescription } from './describe-event-of.ts'
import type { IssueRow } from './issue.ts'
import { findLatestEvents, type IssueHash } from './issue-hash.ts'
import { type Moved, moveHashes, type NewIssueActivity } from './move-hashes.ts'
import type { NewIssue } from './new-issue.ts'
import type { Stores } from './stores.ts'
import { hashList, ownHash } from './stream.ts'

/** Issues that were merged into one, looked at when some of its hashes leave it. */
const MERGED_MAX = 1000

/**
 * Takes hashes out of an issue. Those that came with an issue that was merged go back to it: it is what
 * it was. The others become a new issue, described by its newest event.
 */
export async function unmergeHashes(
  stores: Stores,
  issue: IssueRow,
  picked: IssueHash[],
  by: { userId: number; now: number },
): Promise<Moved> {
  const former = await listMerged(stores, issue.id)
  const goesBack = new Map<string, number>()
  for (const merged of former) {
    for (const hash of hashList(merged)) if (!goesBack.has(hash)) goesBack.set(hash, merged.id)
  }
  const strangers = picked.filter(({ hash }) => !goesBack.has(hash))
  const newIssue =
    strangers.length > 0 ? await describeHashes(stores, issue, strangers, by.now) : null
  const targets = new Map<string, number>()
  for (const { hash } of picked) targets.set(hash, goesBack.get(hash) ?? newIssue?.id ?? issue.id)
  const destinations = [...new Set(targets.values())]
  // What an issue had before there were streams goes back with it.
  for (const to of destinations) targets.set(ownHash(to), to)
  return moveHashes(stores, {
    projectId: issue.projectId,
    kind: 'unmerge',
    moves: [...targets].map(([hash, to]) => ({ hash, from: issue.id, to })),
    newIssues: newIssue ? [newIssue] : [],
    activity: tellBoth(issue, picked, destinations),
    data: { title: `${picked.length} of the hashes of “${issue.title}”` },
    undoes: null,
    ...by,
  })
}

function tellBoth(
  { id }: IssueRow,
  picked: IssueHash[],
  destinations: number[],
): NewIssueActivity[] {
  const fingerprints = picked.map(({ hash }) => hash)
  const told = destinations.map((to): NewIssueActivity => {
    return { issueId: to, type: 'unmerge_destination', data: { fingerprints, source: { id } } }
  })
  const data = { fingerprints, destinations: destinations.map((to) => ({ id: to })) }
  return [{ issueId: id, type: 'unmerge_source', data }, ...told]
}

/** Issues that lead here, latest merged first. Index: issue_merged. */
async function listMerged(
  stores: Stores,
  issueId: number,
): Promise<{ id: number; hashes: string }[]> {
  const { results } = await stores.sql
    .prepare('SELECT id, hashes FROM issue WHERE merged_into = ? ORDER BY id DESC LIMIT ?')
    .bind(issueId, MERGED_MAX)
    .all<{ id: number; hashes: string }>()
  return results
}

/** The issue some hashes would make: as their newest event says, else as the issue they leave. */
async function describeHashes(
  stores: Stores,
  issue: IssueRow,
  hashes: IssueHash[],
  now: number,
): Promise<NewIssue> {
  const rows = [...(await findLatestEvents(stores, issue, hashes)).values()]
  const [newest] = rows.sort((a, b) => b.at - a.at)
  const described = newest
    ? await describeRow(stores, issue.projectId, newest, { config: null, now })
    : null
  return {
    ...pickDescription(issue),
    ...described,
    id: makeIssueId(now, crypto.getRandomValues(new Uint16Array(1))[0]!),
    status: issue.status,
    substatus: issue.substatus,
    firstSeenAt: newest?.at ?? issue.firstSeenAt,
    lastSeenAt: newest?.at ?? issue.lastSeenAt,
  }
}
