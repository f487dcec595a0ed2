import type { Context } from 'hono'

import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import type { UserReport } from '#domain/feedback/parse-user-report.ts'
import type { FeedbackRow } from '#store/month-feedback.ts'
import { packItem } from '#store/packed-item.ts'
import { listProjectKeys } from '#store/project-key.ts'
import type { ApiEnv } from './api-env.ts'
import { gateOf } from './gate.ts'
import { ApiError } from './on-error.ts'

/** Settings may change while we ask, but hardly twice. */
const ATTEMPTS_MAX = 3

/**
 * Hands a report to the project's gate, as if an SDK had sent it with the project's first key: it is
 * durable, counted and limited like any other.
 */
export async function submitUserReport(
  c: Context<ApiEnv>,
  report: UserReport,
): Promise<FeedbackRow> {
  const { stores, project, now } = c.var
  const keys = await listProjectKeys(stores, project.id)
  const key = keys.find(({ isActive }) => isActive)
  const gate = gateOf(c.env, project.id)
  const config = key && (await gate.readConfig(project.id))
  if (!key || !config) throw new ApiError('conflict', 'The project has no active key.')
  const payload = JSON.stringify(report)
  const facts = { kind: 'user_report' as const, header: {}, bytes: payload.length }
  const quantities = lossQuantities(facts)
  const packed = packItem('user_report', report.eventId, { receivedAt: now, quantities }, payload)
  const admission = {
    projectId: project.id,
    publicKey: key.publicKey,
    items: [{ ...packed, facts, quantities }],
    losses: [],
  }
  let configVersion = config.version
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const answer = await gate.admit({ ...admission, configVersion })
    if (answer.status === 'answered') {
      if (answer.verdicts[0] === 'rate_limited') throw new ApiError('too_many')
      return feedbackOf(report, now)
    }
    if (answer.status !== 'config_changed') break
    configVersion = answer.config.version
  }
  throw new ApiError('conflict', 'The project takes nothing in at the moment.')
}

function feedbackOf({ eventId, name, email, comments }: UserReport, at: number): FeedbackRow {
  const unknown = { url: null, environment: null, release: null, replayId: null }
  const source = 'user_report' as const
  return { feedbackId: eventId, at, eventId, source, name, email, message: comments, ...unknown }
}
