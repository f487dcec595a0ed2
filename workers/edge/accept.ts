import { kindOfItem } from '#domain/envelope/item-kind.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'
import type { Admission, AdmissionAnswer } from '#gate/admission.ts'
import { answerAccepted, answerRateLimited, answerRefusal, type Refusal } from './answer.ts'
import { KEY_REFUSED } from './authenticate.ts'
import type { Gate, World } from './edge-env.ts'
import {
  noteConfigVersion,
  recallConfig,
  recallLimits,
  rememberConfig,
  rememberLimits,
} from './isolate-memory.ts'
import { KeptBlobs } from './kept-blobs.ts'
import { prepareItem } from './prepare/item.ts'
import type { Circumstances } from './prepare/prepared.ts'
import { canTally, takeTally, tally, tellLater } from './refused-tally.ts'
import { stopLimited } from './stop-limited.ts'
import type { Submission } from './submission.ts'
import { SignedUploads } from './upload-signature.ts'

/**
 * What became of a submission; each endpoint answers it in its own words. Limits are all that are in
 * force for the sender: clients read them on every status.
 */
export type Receipt =
  | { status: 'accepted'; limits: ActiveLimit[] }
  /** Something was turned away. */
  | { status: 'limited'; limits: ActiveLimit[] }
  | { status: 'refused'; refusal: Refusal }

/** Settings may change while items are being prepared, but hardly this often. */
const AGAIN_MAX = 3

/** Submits and answers as the envelope and store endpoints do. */
export async function accept(submission: Submission, world: World): Promise<Response> {
  const receipt = await submit(submission, world)
  const { now } = submission.received
  switch (receipt.status) {
    case 'accepted':
      return answerAccepted(submission.answerId, receipt.limits, now)
    case 'limited':
      return answerRateLimited(receipt.limits, now)
    case 'refused':
      return answerRefusal(receipt.refusal)
  }
}

/**
 * The path every endpoint shares: drop what a remembered limit stops, prepare the rest, ask the gate
 * once. Settings are remembered, so the gate may know newer ones: then the items are prepared again, and
 * nothing that was prepared by old settings is kept. What is said to be accepted has been committed.
 */
export async function submit(submission: Submission, world: World): Promise<Receipt> {
  const { sender } = submission
  const { projectId } = sender
  const items = stopKnown(submission, world)
  const wereSomeStopped = items.length < submission.items.length
  const isAllStopped = wereSomeStopped && items.length === 0 && !submission.losses?.length
  const gate = world.gateOf(projectId)
  const project = isAllStopped ? null : await configOf(projectId, gate)
  if (!project) {
    await submission.blobs?.forgetAllBut(new Set())
    return isAllStopped ? receipt(submission, true) : { status: 'refused', refusal: KEY_REFUSED }
  }
  const { received } = submission
  const blobs = submission.blobs ?? new KeptBlobs(world.raw, project, received.now)
  const prepare = (settings: ProjectConfig) => {
    const uploads = new SignedUploads(world, settings)
    return prepareAll(items, submission, { received, project: settings, blobs, uploads })
  }
  let admission = await prepare(project)
  if (admission.items.length + admission.losses.length === 0) {
    return receipt(submission, wereSomeStopped)
  }
  let answer: AdmissionAnswer | null = null
  try {
    answer = await ask(gate, admission)
    for (let again = 0; answer.status === 'config_changed' && again < AGAIN_MAX; again += 1) {
      rememberConfig(answer.config)
      admission = await prepare(answer.config)
      answer = await ask(gate, admission)
    }
  } finally {
    await blobs.forgetAllBut(admittedBlobs(admission, answer))
  }
  return receiptOf(submission, answer, wereSomeStopped)
}

/** The items that no limit in memory stops; the others are counted for the ledger. */
function stopKnown({ sender, items, received }: Submission, world: World): EnvelopeItem[] {
  const { projectId, publicKey } = sender
  const { now } = received
  const limits = canTally(projectId) ? recallLimits(projectId, publicKey, now) : []
  const kept = stopLimited(items, limits, now)
  if (kept.losses.length > 0) {
    tally(projectId, kept.losses)
    tellLater(sender, world, now)
  }
  return kept.items
}

function receiptOf(
  submission: Submission,
  answer: AdmissionAnswer,
  wereSomeStopped: boolean,
): Receipt {
  const { sender, received } = submission
  if (answer.status === 'overloaded' || answer.status === 'config_changed') {
    const retryAfterSeconds = answer.status === 'overloaded' ? answer.retryAfterSeconds : 1
    const refusal = { status: 503, detail: 'failed to queue envelope', retryAfterSeconds } as const
    return { status: 'refused', refusal }
  }
  if (answer.status !== 'answered') return { status: 'refused', refusal: KEY_REFUSED }
  const { configVersion: version, limits, verdicts } = answer
  noteConfigVersion(sender.projectId, version)
  rememberLimits(sender, { limits, version }, received.now)
  return receipt(submission, wereSomeStopped || verdicts.includes('rate_limited'))
}

function receipt({ sender, received }: Submission, isLimited: boolean): Receipt {
  const limits = recallLimits(sender.projectId, sender.publicKey, received.now)
  return { status: isLimited ? 'limited' : 'accepted', limits }
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

async function prepareAll(
  items: EnvelopeItem[],
  { sender, losses = [] }: Submission,
  circumstances: Circumstances,
): Promise<Admission> {
  const { projectId, publicKey } = sender
  const configVersion = circumstances.project.version
  const admission: Admission = {
    projectId,
    publicKey,
    configVersion,
    items: [],
    losses: [...losses],
  }
  for (const item of items) {
    const kind = kindOfItem(item.type, item.header)
    for (const prepared of await prepareItem(kind, item, circumstances)) {
      if (prepared.kind === 'admissible') admission.items.push(prepared.item)
      admission.losses.push(...(prepared.losses ?? []))
    }
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

/** The one call. Refusals answered from memory ride along, and come back if they were not taken. */
async function ask(gate: Gate, admission: Admission): Promise<AdmissionAnswer> {
  const { projectId, losses } = admission
  const refused = takeTally(projectId)
  let answer: AdmissionAnswer | null = null
  try {
    answer = await gate.admit({ ...admission, losses: [...losses, ...refused] })
    return answer
  } finally {
    if (answer?.status !== 'answered') tally(projectId, refused)
  }
}
