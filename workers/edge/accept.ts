import { ITEM_CATEGORY, itemKind } from '#domain/envelope/item-kind.ts'
import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { Admission, AdmissionAnswer } from '#gate/admission.ts'
import { answerAccepted, answerRateLimited, answerRefusal } from './answer.ts'
import { KEY_REFUSED, type Sender } from './authenticate.ts'
import type { Gate } from './edge-env.ts'
import {
  noteConfigVersion,
  noteRefused,
  recallConfig,
  recallLimit,
  recallLimits,
  rememberConfig,
  rememberLimits,
  takeRefused,
} from './isolate-memory.ts'
import { prepareItem, type Received } from './prepare/item.ts'

/** One request's items and who sends them, whatever endpoint they came by. */
export interface Submission {
  sender: Sender
  items: EnvelopeItem[]
  received: Received
  /** The id to answer with; null answers `{}`. */
  answerId: string | null
}

/**
 * The path every endpoint shares: drop what a remembered limit stops, prepare the rest, ask the gate
 * once, answer. A 200 leaves only after the gate has committed.
 */
export async function accept(submission: Submission, gate: Gate): Promise<Response> {
  const { sender, received, answerId } = submission
  const { projectId, publicKey } = sender
  const items = submission.items.filter((item) => !isStopped(item, sender, received.now))
  if (items.length === 0 && submission.items.length > 0) {
    return answerRateLimited(recallLimits(projectId, publicKey), received.now)
  }
  const project = await configOf(projectId, gate)
  if (!project) return answerRefusal(KEY_REFUSED)

  const admission = prepareAll(items, submission, project)
  if (admission.items.length + admission.losses.length === 0) {
    return answerAccepted(answerId, [], received.now)
  }
  const answer = await ask(gate, admission)
  if (answer.status === 'overloaded') {
    const { retryAfterSeconds } = answer
    return answerRefusal({ status: 503, detail: 'failed to queue envelope', retryAfterSeconds })
  }
  if (answer.status !== 'answered') return answerRefusal(KEY_REFUSED)
  noteConfigVersion(projectId, answer.configVersion)
  rememberLimits(projectId, publicKey, answer.limits)
  const wasLimited =
    answer.verdicts.includes('rate_limited') || items.length < submission.items.length
  return wasLimited
    ? answerRateLimited(recallLimits(projectId, publicKey), received.now)
    : answerAccepted(answerId, answer.limits, received.now)
}

/** True for an item that a limit in memory stops; it is counted for the ledger. */
function isStopped(item: EnvelopeItem, { projectId, publicKey }: Sender, now: number): boolean {
  const kind = itemKind(item.type)
  if (kind === null) return false
  const category = ITEM_CATEGORY[kind]
  const limit = recallLimit(projectId, publicKey, category, now)
  if (!limit) return false
  const facts = { kind, header: item.header, bytes: item.payload.length }
  for (const quantity of lossQuantities(facts)) {
    noteRefused(projectId, { ...quantity, outcome: 'rate_limited', reason: limit.reason })
  }
  return true
}

function prepareAll(
  items: EnvelopeItem[],
  { sender, received }: Submission,
  project: ProjectConfig,
): Admission {
  const { projectId, publicKey } = sender
  const admission: Admission = { projectId, publicKey, items: [], losses: [] }
  for (const item of items) {
    const prepared = prepareItem(itemKind(item.type), item, received, project)
    if (prepared.kind === 'admissible') admission.items.push(prepared.item)
    else admission.losses.push(...prepared.losses)
  }
  return admission
}

async function configOf(projectId: number, gate: Gate): Promise<ProjectConfig | null> {
  const known = recallConfig(projectId)
  if (known) return known
  const config = await gate.readConfig(projectId)
  if (config) rememberConfig(config)
  return config
}

/** The one call. Refusals answered from memory ride along, and come back if the call fails. */
async function ask(gate: Gate, admission: Admission): Promise<AdmissionAnswer> {
  const refused: LedgerEntry[] = takeRefused(admission.projectId)
  try {
    return await gate.admit({ ...admission, losses: [...admission.losses, ...refused] })
  } catch (error) {
    for (const loss of refused) noteRefused(admission.projectId, loss)
    throw error
  }
}
