/**
 * The one way issues are regrouped by hand: hashes move from issue to issue, all or nothing.
 *
 * What an issue has counted is what its hashes have, so figures are summed anew for every issue that is
 * touched. An issue that loses its last hash is merged: its row stays, leads on to where the last one
 * went, and comes back as it was when a hash returns. Flushes, packs and people work on the same rows
 * meanwhile; so a move is planned from what is read and taken only if nothing of that has changed,
 * else planned again (as in flush-issues.ts).
 */
import { makeIssueId } from '#domain/issue/issue-id.ts'
import type { OperationData, OperationKind } from './grouping-operation.ts'
import { type Figures, NO_FIGURES, sumFigures, userCount } from './hash-figures.ts'
import { MERGED } from './issue.ts'
import { type MoveState, readMoveState } from './move-state.ts'
import { moveStatements } from './move-statements.ts'
import type { NewIssue } from './new-issue.ts'
import type { Stores } from './stores.ts'
import { HASHES_MAX, listedHash, ownHash } from './stream.ts'

export interface HashMove {
  hash: string
  from: number
  to: number
}

export interface NewIssueActivity {
  issueId: number
  type: string
  data: Record<string, unknown>
}

export interface Regrouping {
  projectId: number
  kind: OperationKind
  moves: HashMove[]
  /** Issues some of the hashes move to that are not there yet. */
  newIssues: NewIssue[]
  /** Hashes that nothing had so far. */
  newHashes?: { hash: string; issueId: number }[]
  /** Issues whose hashes were counted anew. */
  recounted?: number[]
  /** Made before where an operation must not be done twice. */
  operationId?: number
  activity: NewIssueActivity[]
  data: Omit<OperationData, 'moves'>
  /** Operation that this one takes back. */
  undoes: number | null
  userId: number | null
  /** Unix ms. */
  now: number
}

/** `overtaken`: others changed the same issues again and again. `too_many`: for one issue. */
export type MoveRefusal = 'nothing_to_move' | 'too_many' | 'overtaken'
export type Moved = { operationId: number } | { refusal: MoveRefusal }

/** An issue as it is to be. */
export interface ChangedIssue extends Figures {
  id: number
  userCount: number
  hashes: string
  status: string
  formerStatus: string | null
  mergedInto: number | null
}

export interface MovePlan {
  moves: HashMove[]
  /** Rows that are not there yet, among them those of events issues had before there were streams. */
  newHashes: (Figures & { hash: string; issueId: number })[]
  issues: ChangedIssue[]
}

const ATTEMPTS_MAX = 6

/** Moves the hashes that are where the moves say; the others have been moved by somebody else. */
export async function moveHashes(stores: Stores, regrouping: Regrouping): Promise<Moved> {
  const { now } = regrouping
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const state = await readMoveState(stores, regrouping)
    const plan = planMoves(state, regrouping)
    if (isNothing(plan, regrouping)) return { refusal: 'nothing_to_move' }
    if (plan.issues.some(({ hashes }) => JSON.parse(hashes).length > HASHES_MAX)) {
      return { refusal: 'too_many' }
    }
    const made = makeIssueId(now, crypto.getRandomValues(new Uint16Array(1))[0]!)
    const operationId = regrouping.operationId ?? made
    const results = await stores.sql.batch(
      moveStatements(stores.sql, operationId, regrouping, state, plan),
    )
    if (results.at(-1)?.results.length) return { operationId }
  }
  return { refusal: 'overtaken' }
}

function isNothing({ moves, newHashes }: MovePlan, { recounted = [] }: Regrouping): boolean {
  return moves.length + newHashes.length + recounted.length === 0
}

/** What the touched issues become. Pure. */
export function planMoves(
  { issues, hashes, taken }: MoveState,
  { moves: asked, newHashes = [] }: Pick<Regrouping, 'moves' | 'newHashes'>,
): MovePlan {
  const known = new Map(hashes.map((row) => [row.hash, row]))
  const moves = asked.filter(
    ({ hash, from, to }) => known.get(hash)?.issueId === from && from !== to,
  )
  const fresh = newHashes
    .filter(({ hash }) => !taken.includes(hash))
    .map((row) => ({ ...NO_FIGURES, ...row }))
  const ownHashes: MovePlan['newHashes'] = []
  for (const issue of issues) {
    const counted = hashes.filter(({ issueId }) => issueId === issue.id)
    const leaves = moves.filter(({ from }) => from === issue.id)
    const rest = issue.count - counted.reduce((sum, { count }) => sum + count, 0)
    const isLeft = counted.length > 0 && counted.length === leaves.length
    const hash = ownHash(issue.id)
    if (known.has(hash) || (rest <= 0 && !isLeft)) continue
    const own = { ...(rest > 0 ? { ...issue, count: rest } : NO_FIGURES), hash, issueId: issue.id }
    ownHashes.push(own)
    if (isLeft) moves.push({ hash, from: issue.id, to: leaves.at(-1)!.to })
  }
  const destinations = new Map(moves.map(({ hash, to }) => [hash, to]))
  const added = [...ownHashes, ...fresh].map((row) => ({ ...row, since: 0 }))
  const after = [...hashes, ...added].map((row) => ({
    ...row,
    issueId: destinations.get(row.hash) ?? row.issueId,
  }))
  const touched = issues.map((issue): ChangedIssue => {
    const held = after.filter(({ issueId }) => issueId === issue.id)
    const last = moves.findLast(({ from }) => from === issue.id)
    if (held.length === 0 && last) {
      const { status, formerStatus } = issue
      const isMerged = status === MERGED
      return {
        ...NO_FIGURES,
        id: issue.id,
        firstSeenAt: issue.firstSeenAt,
        lastSeenAt: issue.lastSeenAt,
        userCount: 0,
        // What it held stays listed: who unmerges one of them gets this issue back.
        hashes: issue.hashes,
        status: MERGED,
        formerStatus: isMerged ? formerStatus : status,
        mergedInto: last.to,
      }
    }
    const figures = sumFigures(held)
    const isBack = issue.status === MERGED && held.length > 0
    return {
      ...figures,
      firstSeenAt: figures.firstSeenAt ?? issue.firstSeenAt,
      lastSeenAt: figures.lastSeenAt ?? issue.lastSeenAt,
      userCount: userCount(figures),
      id: issue.id,
      hashes: JSON.stringify(held.map(listedHash)),
      status: isBack ? (issue.formerStatus ?? 'unresolved') : issue.status,
      formerStatus: isBack ? null : issue.formerStatus,
      mergedInto: isBack ? null : issue.mergedInto,
    }
  })
  return { moves, newHashes: [...ownHashes, ...fresh], issues: touched }
}
