import { planRegroup, type RegroupPlan } from '#domain/grouping/regroup/plan-regroup.ts'
import type { RegroupTally } from '#domain/grouping/regroup/regroup-tally.ts'
import { makeIssueId } from '#domain/issue/issue-id.ts'
import { findIssues, type IssueRow } from './issue.ts'
import { addPendingCounts } from './pending-counts.ts'
import type { JobGroup, RegroupJob } from './regroup-job.ts'
import type { Stores } from './stores.ts'
import { issuesOfStreams, type StreamIssue } from './stream-issue.ts'

/** A plan, with what it takes to show it and to carry it out. */
export interface StoredPlan extends RegroupPlan {
  issues: Map<number, IssueRow>
  streams: Map<number, StreamIssue>
}

/** What a tally does to the issues of a project as they are at `now` (Unix ms). */
export async function makePlan(
  stores: Stores,
  projectId: number,
  { tally, merges }: { tally: RegroupTally; merges: number[][] },
  now: number,
): Promise<StoredPlan> {
  const keys = tally.map(({ stream }) => stream)
  const [streams, known] = await Promise.all([
    issuesOfStreams(stores, projectId, keys),
    findHashes(stores, projectId, [...new Set(tally.map(({ hash }) => hash))]),
  ])
  const ids = [...streams.values(), ...known.values()].map(({ issueId }) => issueId)
  const found = await findIssues(stores, [projectId], [...new Set([...ids, ...merges.flat()])])
  const issues = await addPendingCounts(stores, found, now)
  const live = new Set(issues.map(({ id }) => id))
  // Events hidden since their issue was deleted stay where they are: nobody is to see them again.
  const isOpen = ({ issueId }: StreamIssue) => live.has(issueId)
  const isHidden = (hash: string) => (known.get(hash)?.since ?? 0) > 0
  const plan = planRegroup({
    tally: tally.map((line) => (isHidden(line.hash) ? { ...line, hash: own(line.stream) } : line)),
    streams: new Map([...streams].filter(([, leads]) => isOpen(leads))),
    hashes: new Map(
      [...known].flatMap(([hash, leads]) => (isOpen(leads) ? [[hash, leads.issueId]] : [])),
    ),
    issues: issues.map(({ id, count }) => ({ id, count })),
    merges: merges
      .map((group) => group.filter((id) => live.has(id)))
      .filter((group) => group.length > 1),
  })
  return { ...plan, issues: new Map(issues.map((issue) => [issue.id, issue])), streams }

  function own(stream: number): string {
    return streams.get(stream)?.hash ?? ''
  }
}

/** The job with a plan to carry out: new issues have their ids, parts their operations. */
export function withPlan(
  job: RegroupJob,
  { groups, moves, streams }: StoredPlan,
  { groupsPerPart, now }: { groupsPerPart: number; now: number },
): RegroupJob {
  // Ids of one moment differ in their last 12 bits; a plan may need more than one moment's.
  let ids = 0
  const nextId = () => makeIssueId(now + Math.floor(ids / 4096), ids++)
  const made = groups.map(({ target, issues, newHashes, arriving }): JobGroup => {
    const newest = arriving.reduce<(typeof arriving)[number] | null>(
      (a, b) => (a && a.lastAt >= b.lastAt ? a : b),
      null,
    )
    return {
      target: target ?? nextId(),
      isNew: target === null,
      issues,
      newHashes,
      eventId: newest?.eventId ?? null,
      from: newest?.from ?? null,
    }
  })
  return {
    ...job,
    phase: 'link',
    groups: made,
    partIds: Array.from({ length: Math.ceil(made.length / groupsPerPart) }, nextId),
    moves: moves.map(({ stream, hash }) => ({
      stream,
      fromHash: streams.get(stream)?.hash ?? '',
      toHash: hash,
    })),
  }
}

async function findHashes(
  stores: Stores,
  projectId: number,
  hashes: string[],
): Promise<Map<string, StreamIssue>> {
  const { results } = await stores.sql
    .prepare(
      `SELECT hash, issue_id AS issueId, since FROM issue_hash
       WHERE project_id = ?1 AND hash IN (SELECT value FROM json_each(?2))`,
    )
    .bind(projectId, JSON.stringify(hashes))
    .all<StreamIssue>()
  return new Map(results.map((row) => [row.hash, row]))
}
