import type { ItemKind } from '#domain/envelope/item-kind.ts'
import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import { type EnvelopeItem, payloadBytes } from '#domain/envelope/parse-envelope.ts'
import type { InvalidReason, LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { AdmissionItem } from '#gate/admission.ts'
import { prepareClientReport } from './client-report.ts'
import { prepareEvent } from './event.ts'
import { prepareKept } from './kept.ts'

/** What a request says about all its items. Times are Unix ms. */
export interface Received {
  eventId: string
  now: number
  sentAt: number | null
  client: string | null
  clientIp: string | null
  userAgent: string | null
}

/** What a recipe may look at besides the item. */
export interface Circumstances {
  received: Received
  project: ProjectConfig
  /** Where a payload goes that is too large for a pack. */
  blobs: { put(payload: Uint8Array): Promise<{ key: string; bytes: number }> }
}

/** An item that may be stored, or what was lost of it and why. */
export type Prepared =
  | { kind: 'admissible'; item: AdmissionItem }
  | { kind: 'lost'; losses: LedgerEntry[] }

type Recipe = (item: EnvelopeItem, circumstances: Circumstances) => Prepared | Promise<Prepared>

const refuseUnbuilt =
  (kind: ItemKind): Recipe =>
  (item) =>
    lost(kind, item, 'feature_disabled')

/** One recipe per kind; a new kind does not compile until it has one. */
const RECIPES: Record<ItemKind, Recipe> = {
  event: (item, circumstances) => prepareEvent('event', item, circumstances),
  transaction: (item, circumstances) => prepareEvent('transaction', item, circumstances),
  client_report: prepareClientReport,
  attachment: (item, circumstances) => prepareKept('attachment', item, circumstances),
  profile: (item, circumstances) => prepareKept('profile', item, circumstances),
  profile_chunk: (item, circumstances) => prepareKept('profile_chunk', item, circumstances),
  profile_chunk_ui: (item, circumstances) => prepareKept('profile_chunk_ui', item, circumstances),
  replay_recording: (item, circumstances) => prepareKept('replay_recording', item, circumstances),
  replay_video: (item, circumstances) => prepareKept('replay_video', item, circumstances),
  security: refuseUnbuilt('security'),
  raw_security: refuseUnbuilt('raw_security'),
  feedback: refuseUnbuilt('feedback'),
  user_report: refuseUnbuilt('user_report'),
  unreal_report: refuseUnbuilt('unreal_report'),
  form_data: refuseUnbuilt('form_data'),
  session: refuseUnbuilt('session'),
  sessions: refuseUnbuilt('sessions'),
  replay_event: refuseUnbuilt('replay_event'),
  check_in: refuseUnbuilt('check_in'),
  span: refuseUnbuilt('span'),
  log: refuseUnbuilt('log'),
  trace_metric: refuseUnbuilt('trace_metric'),
  statsd: refuseUnbuilt('statsd'),
  metric_buckets: refuseUnbuilt('metric_buckets'),
  nel: refuseUnbuilt('nel'),
}

/** Prepares one item by its kind; `null` is a type that no version of the protocol knows. */
export function prepareItem(
  kind: ItemKind | null,
  item: EnvelopeItem,
  circumstances: Circumstances,
): Prepared | Promise<Prepared> {
  if (kind !== null) return RECIPES[kind](item, circumstances)
  const reason: InvalidReason = 'unknown_item_type'
  return {
    kind: 'lost',
    losses: [{ category: 'unknown', outcome: 'invalid', reason, quantity: 1 }],
  }
}

/** All that the item counts, lost under one reason. */
export function lost(kind: ItemKind, item: EnvelopeItem, reason: InvalidReason): Prepared {
  const facts = { kind, header: item.header, bytes: payloadBytes(item) }
  return {
    kind: 'lost',
    losses: lossQuantities(facts).map((quantity) => ({ ...quantity, outcome: 'invalid', reason })),
  }
}
