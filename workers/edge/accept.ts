import { ITEM_CATEGORY, kindOfItem } from '#domain/envelope/item-kind.ts'
import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import { type EnvelopeItem, payloadBytes } from '#domain/envelope/parse-envelope.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { Admission, AdmissionAnswer } from '#gate/admission.ts'
import { answerAccepted, answerRateLimited, answerRefusal } from './answer.ts'
import { KEY_REFUSED, type Sender } from './authenticate.ts'
import type { Gate, World } from './edge-env.ts'
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
import { KeptBlobs } from './kept-blobs.ts'
import { prepareItem } from './prepare/item.ts'
import type { Received } from './prepare/prepared.ts'

/** One request's items and who sends them, whatever endpoint they came by. */
export interface Submission {
  sender: Sender
  items: EnvelopeItem[]
  received: Received
  /** The id to answer with; null answers `{}`. */
  answerId: string | null
  /** Objects written for the items while they arrived, if any. */
  blobs: KeptBlobs | null
}

/**
 * The path every endpoint shares: drop what a remembered limit stops, prepare the rest, ask the gate
 * once, answer. A 200 leaves only after the gate has committed.
 */
export async function accept(submission: Submission, world: World): Promise<Response> {
  const { sender, received } = submission
  const { projectId, publicKey } = sender
  const gate = world.gateOf(projectId)
  const items = submission.items.filter((item) => !isStopped(item, sender, received.now))
  const isAllStopped = items.length === 0 && submission.items.length > 0
  const project = isAllStopped ? null : await configOf(projectId, gate)
  if (!project) {
    await submission.blobs?.forgetAllBut(new Set())
    return isAllStopped
      ? answerRateLimited(recallLimits(projectId, publicKey), received.now)
      : answerRefusal(KEY_REFUSED)
  }
  const blobs = submission.blobs ?? new KeptBlobs(world.raw, project, received.now)
  const admission = await prepareAll(items, submission, project, blobs)
  if (admission.items.length + admission.losses.length === 0) {
    return answerAccepted(submission.answerId, [], received.now)
  }
  let answer: AdmissionAnswer | null = null
  try {
    answer = await ask(gate, admission)
  } finally {
    await blobs.forgetAllBut(admittedBlobs(admission, answer))
  }
  return respond(submission, answer, items.length < submission.items.length)
}

function respond(
  { sender, received, answerId }: Submission,
  answer: AdmissionAnswer,
  wereSomeStopped: boolean,
): Response {
  const { projectId, publicKey } = sender
  if (answer.status === 'overloaded') {
    const { retryAfterSeconds } = answer
    return answerRefusal({ status: 503, detail: 'failed to queue envelope', retryAfterSeconds })
  }
  if (answer.status !== 'answered') return answerRefusal(KEY_REFUSED)
  noteConfigVersion(projectId, answer.configVersion)
  rememberLimits(projectId, publicKey, answer.limits)
  return wereSomeStopped || answer.verdicts.includes('rate_limited')
    ? answerRateLimited(recallLimits(projectId, publicKey), received.now)
    : answerAccepted(answerId, answer.limits, received.now)
}

/** Objects that admitted items point to; a dump that was admitted unkept is read once and then goes. */
function admittedBlobs({ items }: Admission, answer: AdmissionAnswer | null): Set<string> {
  const keys = new Set<string>()
  if (answer?.status !== 'answered') return keys
  for (const [index, { blob }] of items.entries()) {
    if (blob && answer.verdicts[index]?.startsWith('admitted')) keys.add(blob)
  }
  return keys
}

/** True for an item that a limit in memory stops; it is counted for the ledger. */
function isStopped(item: EnvelopeItem, { projectId, publicKey }: Sender, now: number): boolean {
  const kind = kindOfItem(item.type, item.header)
  if (kind === null) return false
  const category = ITEM_CATEGORY[kind]
  const limit = recallLimit(projectId, publicKey, category, now)
  if (!limit) return false
  const facts = { kind, header: item.header, bytes: payloadBytes(item) }
  for (const quantity of lossQuantities(facts)) {
    noteRefused(projectId, { ...quantity, outcome: 'rate_limited', reason: limit.reason })
  }
  return true
}

async function prepareAll(
  items: EnvelopeItem[],
  { sender, received }: Submission,
  project: ProjectConfig,
  blobs: KeptBlobs,
): Promise<Admission> {
  const { projectId, publicKey } = sender
  const admission: Admission = { projectId, publicKey, items: [], losses: [] }
  for (const item of items) {
    const kind = kindOfItem(item.type, item.header)
    const prepared = await prepareItem(kind, item, { received, project, blobs })
    if (prepared.kind === 'admissible') admission.items.push(prepared.item)
    else admission.losses.push(...prepared.losses)
  }
  return admission
}

/** The project's settings, asked for once by each isolate; null for a project that is not there. */
export async function configOf(projectId: number, gate: Gate): Promise<ProjectConfig | null> {
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
