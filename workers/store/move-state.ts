import { type Figures, NO_FIGURES } from './hash-figures.ts'
import type { Regrouping } from './move-hashes.ts'
import type { Stores } from './stores.ts'
import { ownHash } from './stream.ts'

/** An issue as it is before hashes move. */
export interface IssueState extends Figures {
  id: number
  status: string
  formerStatus: string | null
  mergedInto: number | null
  hashes: string
}

export interface HashState extends Figures {
  hash: string
  issueId: number
  since: number
}

/** Every issue some moves touch, and every hash that leads to one of them. */
export interface MoveState {
  issues: IssueState[]
  hashes: HashState[]
  /** Of the hashes that are to be made: those that are there already, and those that are not. */
  taken: string[]
  missing: string[]
}

const FIGURES = (table: string): string => `${table}.count, ${table}.first_seen_at AS firstSeenAt,
  ${table}.last_seen_at AS lastSeenAt, ${table}.first_release AS firstRelease,
  ${table}.last_release AS lastRelease, hex(${table}.user_sketch) AS users`

/** Reads what a move depends on; issues that are about to be made count as empty. */
export async function readMoveState(
  stores: Stores,
  { projectId, moves, newIssues, newHashes = [], recounted = [] }: Regrouping,
): Promise<MoveState> {
  const made = newIssues.map(({ id, status, firstSeenAt, lastSeenAt }) => ({
    ...EMPTY,
    id,
    status,
    firstSeenAt,
    lastSeenAt,
  }))
  const newNames = newHashes.map(({ hash }) => hash)
  const ids = [
    ...new Set([
      ...moves.flatMap(({ from, to }) => [from, to]),
      ...newHashes.map(({ issueId }) => issueId),
      ...recounted,
    ]),
  ]
  const asked = [...moves.map(({ hash }) => hash), ...ids.map(ownHash)]
  const [issues, hashes, taken] = await stores.sql.batch<IssueState & HashState>([
    stores.sql
      .prepare(
        `SELECT id, status, former_status AS formerStatus, merged_into AS mergedInto, hashes,
           ${FIGURES('issue')}
         FROM issue WHERE project_id = ?1 AND id IN (SELECT value FROM json_each(?2))`,
      )
      .bind(projectId, JSON.stringify(ids)),
    stores.sql
      .prepare(
        `SELECT hash, issue_id AS issueId, since, ${FIGURES('issue_hash')} FROM issue_hash
         WHERE project_id = ?1 AND issue_id IN (SELECT value FROM json_each(?2)) AND hash IN (
           SELECT substr(listed.value, 1, instr(listed.value || '@', '@') - 1)
           FROM json_each(?2) AS asked JOIN issue ON issue.id = asked.value,
             json_each(issue.hashes) AS listed
           UNION SELECT value FROM json_each(?3))`,
      )
      .bind(projectId, JSON.stringify(ids), JSON.stringify(asked)),
    stores.sql
      .prepare(
        `SELECT hash FROM issue_hash
         WHERE project_id = ?1 AND hash IN (SELECT value FROM json_each(?2))`,
      )
      .bind(projectId, JSON.stringify(newNames)),
  ])
  const there = (taken?.results ?? []).map(({ hash }) => hash)
  return {
    issues: [...(issues?.results ?? []), ...made],
    hashes: hashes?.results ?? [],
    taken: there,
    missing: newNames.filter((hash) => !there.includes(hash)),
  }
}

const EMPTY: Omit<IssueState, 'id' | 'status'> = {
  formerStatus: null,
  mergedInto: null,
  hashes: '[]',
  ...NO_FIGURES,
}
