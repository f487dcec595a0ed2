import { ITEM_CATEGORY, kindOfItem } from '#domain/envelope/item-kind.ts'
import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import { type EnvelopeItem, payloadBytes } from '#domain/envelope/parse-envelope.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'
import type { Admission, AdmissionAnswer } from '#gate/admission.ts'
import { answerAccepted, answerRateLimited, answerRefusal, type Refusal } from './answer.ts'
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
import type { Circumstances } from './prepare/prepared.ts'
import type { Submission } from './submission.ts'
import { SignedUploads } from './upload-signature.ts'

/** What became of a submission; each endpoint answers it in its own words. */
export type Receipt =
  | { status: 'accepted'; limits: ActiveLimit[] }
  /** Something was turned away; `isAll` when nothing was let in. */
  | { status: 'limited'; limits: ActiveLimit[]; isAll: boolean }
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
  const { sender, received } = submission
  const { projectId, publicKey } = sender
  const gate = world.gateOf(projectId)
  const items = submission.items.filter((item) => !isStopped(item, sender, received.now))
  const isAllStopped = items.length === 0 && submission.items.length > 0
  const project = isAllStopped ? null : await configOf(projectId, gate)
  if (!project) {
    await submission.blobs?.forgetAllBut(new Set())
    return isAllStopped
      ? { status: 'limited', limits: recallLimits(projectId, publicKey), isAll: true }
      : { status: 'refused', refusal: KEY_REFUSED }
  }
  const blobs = submission.blobs ?? new KeptBlobs(world.raw, project, received.now)
  const prepare = (settings: ProjectConfig) => {
    const uploads = new SignedUploads(world, settings)
    return prepareAll(items, submission, { received, project: settings, blobs, uploads })
  }
  let admission = await prepare(project)
  if (admission.items.length + admission.losses.length === 0) {
    return { status: 'accepted', limits: [] }
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
  return receiptOf(submission, answer, items.length < submission.items.length)
}

function receiptOf(
  { sender }: Submission,
  answer: AdmissionAnswer,
  wereSomeStopped: boolean,
): Receipt {
  const { projectId, publicKey } = sender
  if (answer.status === 'overloaded' || answer.status === 'config_changed') {
    const retryAfterSeconds = answer.status === 'overloaded' ? answer.retryAfterSeconds : 1
    const refusal = { status: 503, detail: 'failed to queue envelope', retryAfterSeconds } as const
    return { status: 'refused', refusal }
  }
  if (answer.status !== 'answered') return { status: 'refused', refusal: KEY_REFUSED }
  noteConfigVersion(projectId, answer.configVersion)
  rememberLimits(projectId, publicKey, answer.limits)
  if (!wereSomeStopped && !answer.verdicts.includes('rate_limited')) {
    return { status: 'accepted', limits: answer.limits }
  }
  const isAll = !answer.verdicts.some((verdict) => verdict !== 'rate_limited')
  return { status: 'limited', limits: recallLimits(projectId, publicKey), isAll }
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
  const refused: LedgerEntry[] = takeRefused(admission.projectId)
  let answer: AdmissionAnswer | null = null
  try {
    answer = await gate.admit({ ...admission, losses: [...admission.losses, ...refused] })
    return answer
  } finally {
    if (answer?.status !== 'answered') {
      for (const loss of refused) noteRefused(admission.projectId, loss)
    }
  }
}
