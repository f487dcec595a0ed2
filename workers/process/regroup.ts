/**
 * A regrouping in the background, step by step: each step is one queue message, bounded in CPU, and ends
 * by keeping how far it has come. There: scan, link, move, count. Back: unmove, unlink, clean, count. A
 * step that is cut off is done again and finds what it did before; one that comes twice is known by its
 * number.
 */
import type { RegroupMessage } from '#domain/grouping/regroup/regroup-message.ts'
import { TALLY_LINES_MAX } from '#domain/grouping/regroup/regroup-tally.ts'
import { findOperation, type OperationRow, type OperationState } from '#store/grouping-operation.ts'
import type { MoveRefusal } from '#store/move-hashes.ts'
import { refreshFigures } from '#store/regroup-figures.ts'
import { type JobPhase, monthsOf, type RegroupJob, saveJob } from '#store/regroup-job.ts'
import { GROUPS_PER_PART, leaveNewIssues, linkPart, unlinkPart } from '#store/regroup-link.ts'
import { makePlan, withPlan } from '#store/regroup-plan.ts'
import { type ScannedPack, scanPage } from '#store/regroup-scan.ts'
import { scanJob } from '#store/regroup-scan-job.ts'
import type { Stores } from '#store/stores.ts'

/** Rows of one step: some 0.3 ms of CPU each. */
const ROWS_PER_STEP = 2_000
/** Rows one call moves back. */
const BACK_PER_CALL = 1_000

interface Step {
  stores: Stores
  operation: OperationRow
  job: RegroupJob
  now: number
}

/** What a step leads to; `state` when the operation is in another one then. */
interface Next {
  job: RegroupJob
  state?: OperationState
}

const PHASES: Record<Exclude<JobPhase, 'over'>, (step: Step) => Promise<Next>> = {
  scan,
  link,
  move,
  count,
  unmove,
  unlink,
  clean,
}

/** Does one step of a regrouping; answers the message of the next one, null when it is over. */
export async function stepRegroup(
  message: RegroupMessage,
  stores: Stores,
  now: number,
): Promise<RegroupMessage | null> {
  const { projectId, operationId } = message
  const operation = await findOperation(stores, projectId, operationId)
  const job = operation?.data.job
  if (!operation || !job || job.phase === 'over') return null
  const following = { ...message, step: message.step + 1 }
  // Done before, and cut off before it was said: what comes next knows itself whether it was done.
  if (job.step === following.step) return following
  if (job.step !== message.step) return null
  const { job: next, state = operation.state } = await PHASES[job.phase]({
    stores,
    operation,
    job,
    now,
  })
  const isKept = await saveJob(stores, { ...operation, state }, next)
  return isKept && next.phase !== 'over' ? following : null
}

/** Looks at a page of stored events; after the last one, makes the plan. */
async function scan({ stores, operation, job, now }: Step): Promise<Next> {
  const scanned = await scanJob(stores, operation.projectId, job, ROWS_PER_STEP)
  if (scanned.tally.length > TALLY_LINES_MAX) return failed(job, 'It touches too many hashes.')
  if (scanned.scan.months.length > 0) return { job: scanned }
  const plan = await makePlan(stores, operation.projectId, scanned, now)
  return { job: withPlan(scanned, plan, { groupsPerPart: GROUPS_PER_PART, now }) }
}

/** Joins the issues of some groups. */
async function link({ stores, operation, job, now }: Step): Promise<Next> {
  const { projectId, userId } = operation
  const done = job.scan.before === null ? 0 : Number(job.scan.before)
  const operationId = job.partIds[done]
  if (operationId !== undefined) {
    const groups = job.groups.slice(done * GROUPS_PER_PART, (done + 1) * GROUPS_PER_PART)
    const part = { projectId, operationId, userId, now }
    const refusal = await linkPart(stores, part, groups, job)
    if (refusal) return refused(job, refusal)
    return { job: { ...job, scan: { months: [], before: String(done + 1) } } }
  }
  if (job.moves.length === 0) return { job: { ...job, phase: 'over' }, state: 'done' }
  return { job: { ...job, phase: 'move', scan: { months: monthsOf(job), before: null } } }
}

/** Moves events of one more page that do not stay where they are. */
async function move({ stores, operation, job }: Step): Promise<Next> {
  const { config, scan: position, since } = job
  if (!config) return { job: { ...job, phase: 'count' } }
  const { projectId, id } = operation
  const rowsMax = ROWS_PER_STEP
  const page = await scanPage(stores, projectId, config, position, { since, rowsMax })
  const wanted = new Map(job.moves.map((each) => [`${each.stream} ${each.toHash}`, each]))
  for (const pack of page.packs) {
    const moves = pack.rows.flatMap(({ row, hash }) => {
      const found = wanted.get(`${row.stream} ${hash}`)
      if (!found) return []
      return { eventId: row.eventId, at: row.at, fromHash: found.fromHash, toHash: hash }
    })
    if (moves.length === 0) continue
    await monthOf(stores, projectId, pack).moveRows(id, pack.packId, moves)
  }
  if (page.next) return { job: { ...job, scan: page.next } }
  return { job: { ...job, phase: 'count' } }
}

/** When hashes were seen, and by whom, after their events have moved. */
async function count({ stores, operation, job, now }: Step): Promise<Next> {
  const { projectId } = operation
  const months = monthsOf(job)
  await flushMonths(stores, projectId, months)
  const hashes = [...new Set(job.moves.flatMap(({ fromHash, toHash }) => [fromHash, toHash]))]
  const refusal = await refreshFigures(stores, { projectId, months, now }, hashes)
  if (refusal) return refused(job, refusal)
  const state = operation.state === 'undoing' ? 'undone' : 'done'
  return { job: { ...job, phase: 'over' }, state }
}

async function unmove({ stores, operation, job }: Step): Promise<Next> {
  const { projectId, id } = operation
  const [month, ...older] = job.scan.months
  if (month !== undefined) {
    const moved = await stores.projectStore(projectId, month).moveRowsBack(id, BACK_PER_CALL)
    const months = moved > 0 ? job.scan.months : older
    return { job: { ...job, scan: { months, before: null } } }
  }
  await flushMonths(stores, projectId, monthsOf(job))
  return { job: { ...job, phase: 'unlink', scan: { months: [], before: null } } }
}

async function unlink({ stores, operation, job, now }: Step): Promise<Next> {
  const { projectId, userId } = operation
  const done = job.scan.before === null ? 0 : Number(job.scan.before)
  const operationId = job.partIds[job.partIds.length - 1 - done]
  if (operationId === undefined) return { job: { ...job, phase: 'clean' } }
  const refusal = await unlinkPart(stores, { projectId, operationId, userId, now })
  if (refusal) return refused(job, refusal)
  return { job: { ...job, scan: { months: [], before: String(done + 1) } } }
}

async function clean({ stores, operation, job, now }: Step): Promise<Next> {
  const { projectId, userId } = operation
  const refusal = await leaveNewIssues(stores, { projectId, userId, now }, job.groups)
  if (refusal) return refused(job, refusal)
  if (job.moves.length === 0) return { job: { ...job, phase: 'over' }, state: 'undone' }
  return { job: { ...job, phase: 'count' } }
}

/** Others changed the same issues: the queue tries again. Too many hashes in one issue is for people. */
function refused(job: RegroupJob, refusal: MoveRefusal): Next {
  if (refusal === 'too_many') return failed(job, 'An issue would have more than 1000 hashes.')
  throw new Error(`regrouping was ${refusal}`)
}

function failed(job: RegroupJob, error: string): Next {
  return { job: { ...job, phase: 'over', error }, state: 'failed' }
}

/** Counts of moved rows must be in the database before anything is read from it. */
async function flushMonths(stores: Stores, projectId: number, months: string[]): Promise<void> {
  for (const month of months) {
    const isTold = await stores.projectStore(projectId, month).flushAll()
    if (!isTold) throw new Error(`counts of ${month} did not reach the database`)
  }
}

const monthOf = (stores: Stores, projectId: number, { month }: ScannedPack) =>
  stores.projectStore(projectId, month)
