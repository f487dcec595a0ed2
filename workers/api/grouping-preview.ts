import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { TALLY_LINES_MAX } from '#domain/grouping/regroup/regroup-tally.ts'
import { countPlan, summarizePlan } from '#domain/grouping/regroup/summarize-plan.ts'
import { makeIssueId } from '#domain/issue/issue-id.ts'
import { findOperation, insertDraft, isRegrouping } from '#store/grouping-operation.ts'
import { findIssues } from '#store/issue.ts'
import { makeJob, monthsOf, type RegroupJob, saveJob } from '#store/regroup-job.ts'
import { makePlan } from '#store/regroup-plan.ts'
import { scanJob } from '#store/regroup-scan-job.ts'
import type { ApiEnv } from './api-env.ts'
import { changeProject } from './change-project.ts'
import { changeGrouping, GroupingChange } from './grouping-change.ts'
import { ApiError } from './on-error.ts'
import { parseIds } from './query.ts'
import { readProjectOptions } from './read-project-options.ts'
import { requireScope } from './scope.ts'
import { showPlan } from './show-plan.ts'
import { valid } from './valid.ts'

/** Stored events one request looks at: about a second of CPU. */
const ROWS_PER_REQUEST = 5_000
/** A page may end with its month, or with its objects: a request may make a thousand calls. */
const PAGES_PER_REQUEST = 3
const DAY_MS = 86_400_000
const DAYS_DEFAULT = 30
const DAYS_MAX = 90

const Proposal = z.object({
  ...GroupingChange.shape,
  /** Issues to join, by id. */
  merges: z.array(z.array(z.string()).min(2).max(1000)).max(100).default([]),
  /** How far back stored events are looked at. */
  days: z.int().min(1).max(DAYS_MAX).default(DAYS_DEFAULT),
})

/** Below a project: what a change of its rules would do to stored events, and doing it. */
export const groupingPreviewRoutes = new Hono<ApiEnv>()
  .post('/grouping/preview', requireScope('event:read'), valid('json', Proposal), async (c) => {
    const { stores, project, caller, now } = c.var
    const { merges, days, ...change } = c.req.valid('json')
    const before = readProjectOptions(project).grouping
    const since = now - days * DAY_MS
    const job = makeJob({
      change,
      config: changeGrouping(before, change, now),
      merges: await mergesOf(c, merges),
      since,
      until: now,
    })
    const id = makeIssueId(now, crypto.getRandomValues(new Uint16Array(1))[0]!)
    const scanned = await lookOn(c, job)
    const title = titleOf(scanned)
    await insertDraft(
      stores,
      { projectId: project.id, id, userId: caller.user.id, title, now },
      scanned,
    )
    return c.json(await showPreview(c, id, scanned))
  })
  .post('/grouping/preview/:operation', requireScope('event:read'), async (c) => {
    const { stores } = c.var
    const draft = await findDraft(c)
    const scanned = await lookOn(c, draft.job)
    // Who asks twice at once looks at the same page twice, and it is kept once.
    const isKept = await saveJob(stores, draft.operation, scanned)
    return c.json(await showPreview(c, draft.operation.id, isKept ? scanned : draft.job))
  })
  .post('/grouping/operations/:operation/apply', requireScope('project:write'), async (c) => {
    const { stores, project, now } = c.var
    const { operation, job } = await findDraft(c)
    if (await isRegrouping(stores, project.id)) {
      throw new ApiError('conflict', 'Another regrouping of this project is under way.')
    }
    const before = readProjectOptions(project).grouping
    await changeProject(c, job.change)
    const started: RegroupJob = {
      ...job,
      config: job.config && readProjectOptions(c.var.project).grouping,
      before,
      until: now,
      scan: { months: monthsOf({ since: job.since, until: now }), before: null },
      rows: 0,
      events: 0,
      tally: [],
    }
    const isStarted = await saveJob(stores, { ...operation, state: 'running' }, started)
    if (!isStarted) throw new ApiError('conflict', 'This preview has just been changed.')
    await c.env.PACKS.send({
      version: 1,
      kind: 'regroup',
      projectId: project.id,
      operationId: operation.id,
      step: job.step + 1,
    })
    return c.json({ operationId: String(operation.id) }, 202)
  })

async function findDraft(c: Context<ApiEnv>) {
  const { stores, project } = c.var
  const [id = 0] = parseIds('id', [c.req.param('operation') ?? ''])
  const operation = await findOperation(stores, project.id, id)
  const job = operation?.data.job
  if (!operation || !job || operation.state !== 'draft') throw new ApiError('not_found')
  return { operation, job }
}

/** The job after one more look at stored events, unless it has seen them all. */
async function lookOn(c: Context<ApiEnv>, job: RegroupJob): Promise<RegroupJob> {
  let scanned = job
  for (let pages = 0; pages < PAGES_PER_REQUEST && scanned.scan.months.length > 0; pages += 1) {
    const rowsLeft = ROWS_PER_REQUEST - (scanned.rows - job.rows)
    if (rowsLeft <= 0) break
    scanned = await scanJob(c.var.stores, c.var.project.id, scanned, rowsLeft)
  }
  if (scanned.tally.length > TALLY_LINES_MAX) {
    throw new ApiError('invalid', { days: ['This touches too many hashes. Look at fewer days.'] })
  }
  return scanned
}

/** Ids of issues of this project; one of another is refused. */
async function mergesOf(c: Context<ApiEnv>, merges: string[][]): Promise<number[][]> {
  const ids = merges.map((group) => parseIds('merges', group))
  const distinct = [...new Set(ids.flat())]
  const found = await findIssues(c.var.stores, [c.var.project.id], distinct)
  if (found.length < distinct.length) {
    throw new ApiError('invalid', { merges: ['Name issues of this project.'] })
  }
  return ids
}

async function showPreview(c: Context<ApiEnv>, id: number, job: RegroupJob) {
  const { stores, project, now } = c.var
  const plan = await makePlan(stores, project.id, job, now)
  const figures = countPlan(plan.groups)
  return {
    id: String(id),
    isComplete: job.scan.months.length === 0,
    rows: job.rows,
    events: job.events,
    summary: summarizePlan(figures),
    ...figures,
    groups: showPlan(plan, project.slug),
  }
}

/** What is proposed, in a line. */
function titleOf({ change, merges }: RegroupJob): string {
  const parts: string[] = []
  if (change.groupingConfig !== undefined) parts.push(`version ${change.groupingConfig}`)
  if (change.groupingEnhancements !== undefined) parts.push('stack trace rules')
  if (change.fingerprintingRules !== undefined) parts.push('fingerprint rules')
  if (merges.length > 0) parts.push(`${merges.flat().length} issues merged`)
  return parts.length === 0 ? 'the rules as they are' : parts.join(', ')
}
