/**
 * Issues of several projects that share a hash, as one group. No index of their own: a hash is looked up
 * in each project by the primary key of `issue_hash`, for the issues of one page. The list walks issues
 * by when they were last seen; a group stands where its newest issue does, and is passed over at the
 * others.
 */
import { and, inArray, sql } from 'drizzle-orm'

import { ALWAYS } from './condition.ts'
import { type IssueRow, issueColumns } from './issue.ts'
import { groupingHashes } from './issue-hash.ts'
import { issueScore, listIssues } from './issue-list.ts'
import { addPendingCounts } from './pending-counts.ts'
import { issue } from './schema/issue.ts'
import type { Stores } from './stores.ts'

export interface GlobalIssue {
  /** A hash its issues share. */
  hash: string
  /** One or more of each project, newest first. */
  issues: IssueRow[]
}

export interface GlobalPage {
  groups: GlobalIssue[]
  /** How far was looked; null at the end of the list. */
  next: { score: number; id: number } | null
}

/** Issues walked at once, and how often before a page may end short. */
const CANDIDATES = 50
const ROUNDS_MAX = 10
/** Hashes may lead from issue to issue: how far they are followed. */
const HOPS_MAX = 4
/** Hashes looked up of one issue; a merged one may have a thousand. */
const HASHES_OF_ISSUE_MAX = 50

interface GlobalQuery {
  projectIds: number[]
  statuses: string[]
  limit: number
  after: { score: number; id: number } | null
  /** Unix ms. */
  now: number
}

/** A page of groups that span projects, newest first; it may end short and says where to go on. */
export async function listGlobalIssues(stores: Stores, query: GlobalQuery): Promise<GlobalPage> {
  const { projectIds, statuses, limit, now } = query
  const groups: GlobalIssue[] = []
  let { after } = query
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const walked = await listIssues(stores, {
      projectIds,
      statuses,
      condition: ALWAYS,
      order: 'date',
      limit: CANDIDATES,
      after,
      isBackward: false,
    })
    const found = await groupIssues(stores, projectIds, statuses, walked)
    for (const row of walked) {
      after = { score: issueScore(row, 'date'), id: row.id }
      const group = found.get(row.id)
      if (group) groups.push(group)
      if (groups.length === limit)
        return { groups: await counted(stores, groups, now), next: after }
    }
    if (walked.length < CANDIDATES)
      return { groups: await counted(stores, groups, now), next: null }
  }
  return { groups: await counted(stores, groups, now), next: after }
}

/** The group of each of these issues that is the newest of one. */
async function groupIssues(
  stores: Stores,
  projectIds: number[],
  statuses: string[],
  walked: IssueRow[],
): Promise<Map<number, GlobalIssue>> {
  const known = new Map(walked.map((row) => [row.id, row]))
  const byHash = new Map<string, Set<number>>()
  let edge = walked
  for (let hop = 0; hop < HOPS_MAX && edge.length > 0; hop += 1) {
    const hashes = edge.flatMap((row) => groupingHashes(row).slice(0, HASHES_OF_ISSUE_MAX))
    const asked = [...new Set(hashes)].filter((hash) => !byHash.has(hash))
    const sharers = await findSharers(stores, projectIds, asked)
    for (const hash of asked) byHash.set(hash, new Set(sharers.get(hash)))
    const unknown = [...new Set([...sharers.values()].flat())].filter((id) => !known.has(id))
    edge = await readIssues(stores, unknown, statuses)
    for (const row of edge) known.set(row.id, row)
  }
  return gather(known, byHash)
}

/** Issues joined by the hashes they share; those of one project alone are no group. */
function gather(
  known: Map<number, IssueRow>,
  byHash: Map<string, Set<number>>,
): Map<number, GlobalIssue> {
  const groups = new Map<number, GlobalIssue>()
  const seen = new Set<number>()
  for (const start of known.keys()) {
    if (seen.has(start)) continue
    const members: IssueRow[] = []
    let hash: string | null = null
    const edge = [start]
    seen.add(start)
    for (let id = edge.pop(); id !== undefined; id = edge.pop()) {
      const member = known.get(id)
      if (!member) continue
      members.push(member)
      for (const shared of groupingHashes(member).slice(0, HASHES_OF_ISSUE_MAX)) {
        const others = [...(byHash.get(shared) ?? [])].filter((other) => known.has(other))
        if (others.length > 1) hash ??= shared
        for (const other of others.filter((each) => !seen.has(each))) {
          seen.add(other)
          edge.push(other)
        }
      }
    }
    const issues = members.sort((a, b) => b.lastSeenAt - a.lastSeenAt || b.id - a.id)
    const projects = new Set(issues.map(({ projectId }) => projectId))
    if (issues[0] && hash !== null && projects.size > 1) groups.set(issues[0].id, { hash, issues })
  }
  return groups
}

/** Which issues of these projects have these hashes. Index: the primary key of `issue_hash`. */
async function findSharers(
  stores: Stores,
  projectIds: number[],
  hashes: string[],
): Promise<Map<string, number[]>> {
  if (hashes.length === 0) return new Map()
  const { results } = await stores.sql
    .prepare(
      `SELECT issue_hash.hash, issue_id AS issueId
       FROM json_each(?1) AS asked CROSS JOIN json_each(?2) AS project CROSS JOIN issue_hash
       WHERE project_id = project.value AND hash = asked.value AND issue_id <> 0`,
    )
    .bind(JSON.stringify(hashes), JSON.stringify(projectIds))
    .all<{ hash: string; issueId: number }>()
  const sharers = new Map<string, number[]>()
  for (const { hash, issueId } of results) {
    sharers.set(hash, [...(sharers.get(hash) ?? []), issueId])
  }
  return sharers
}

async function readIssues(stores: Stores, ids: number[], statuses: string[]): Promise<IssueRow[]> {
  if (ids.length === 0) return []
  return stores.db
    .select(issueColumns)
    .from(issue)
    .where(
      and(
        inArray(issue.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
        inArray(issue.status, statuses),
      ),
    )
}

async function counted(stores: Stores, groups: GlobalIssue[], now: number): Promise<GlobalIssue[]> {
  const issues = await addPendingCounts(
    stores,
    groups.flatMap((group) => group.issues),
    now,
  )
  const byId = new Map(issues.map((row) => [row.id, row]))
  return groups.map(({ hash, issues: members }) => ({
    hash,
    issues: members.map((member) => byId.get(member.id) ?? member),
  }))
}
