import {
  createsEvent as attachmentCreatesEvent,
  attachmentOwner,
  attachmentType,
} from '../attachment/attachment-type.ts'
import type { DataCategory } from '../outcome.ts'

/**
 * Every item kind of the protocol and the category its loss is told in (spec/ingest.md §5.3). What
 * quotas count of it, in several categories perhaps, says item-quantities.ts. A kind that is not in
 * this table is unknown.
 */
export const ITEM_CATEGORY = {
  event: 'error',
  transaction: 'transaction',
  security: 'security',
  raw_security: 'security',
  feedback: 'feedback',
  user_report: 'feedback',
  unreal_report: 'error',
  attachment: 'attachment',
  form_data: 'default',
  session: 'session',
  sessions: 'session',
  client_report: 'default',
  profile: 'profile',
  profile_chunk: 'profile_chunk',
  profile_chunk_ui: 'profile_chunk_ui',
  replay_event: 'replay',
  replay_recording: 'replay',
  replay_video: 'replay',
  check_in: 'monitor',
  span: 'span',
  log: 'log_item',
  trace_metric: 'trace_metric',
  statsd: 'metric_bucket',
  metric_buckets: 'metric_bucket',
  nel: 'default',
} as const satisfies Record<string, DataCategory>

export type ItemKind = keyof typeof ITEM_CATEGORY

/** Item types only relays may send; from a client they are refused (spec/ingest.md §1, errors). */
export const INTERNAL_ITEM_TYPE = 'integration'

/** The kind of this item type; null for a type no version of the protocol knows. */
export function itemKind(type: string): ItemKind | null {
  return Object.hasOwn(ITEM_CATEGORY, type) ? (type as ItemKind) : null
}

/** The kind of this item; an attachment of a type nobody knows is an unknown item (§5.2). */
export function kindOfItem(type: string, header: Record<string, unknown>): ItemKind | null {
  const kind = itemKind(type)
  return kind === 'attachment' && attachmentType(header) === null ? null : kind
}

/** Types of events that are not plain errors, and the kind of item each belongs in. */
const KIND_OF_EVENT_TYPE: Record<string, ItemKind> = {
  transaction: 'transaction',
  feedback: 'feedback',
  userreportv2: 'feedback',
  csp: 'security',
  hpkp: 'security',
  expectct: 'security',
  expectstaple: 'security',
}

/** The kind of an event that came without an envelope: its `type` says (§1, note d). */
export function itemKindOfEvent({ type }: Record<string, unknown>): ItemKind {
  const isSpecial = typeof type === 'string' && Object.hasOwn(KIND_OF_EVENT_TYPE, type)
  return (isSpecial && KIND_OF_EVENT_TYPE[type]) || 'event'
}

const EVENT_KINDS: ItemKind[] = [
  'event',
  'transaction',
  'security',
  'raw_security',
  'feedback',
  'unreal_report',
]

const EVENT_COMPANIONS: ItemKind[] = [
  'user_report',
  'attachment',
  'form_data',
  'profile',
  'replay_event',
]

/** True for an item that becomes the event of its envelope. */
export function createsEvent(kind: ItemKind, header: Record<string, unknown>): boolean {
  if (kind !== 'attachment') return EVENT_KINDS.includes(kind)
  const type = attachmentType(header)
  return type !== null && attachmentCreatesEvent(type)
}

/**
 * True for an item that belongs to the event: it goes when the event is limited, and an envelope
 * that holds one is given an event id when it brings none.
 */
export function needsEvent(kind: ItemKind, header: Record<string, unknown>): boolean {
  if (kind === 'attachment') return attachmentOwner(header).kind === 'event'
  return EVENT_KINDS.includes(kind) || EVENT_COMPANIONS.includes(kind)
}

/** Kinds whose item may hold many of what they are named for (§11.0). */
export type ContainerKind = 'span' | 'log' | 'trace_metric'

export function isContainerKind(kind: ItemKind): kind is ContainerKind {
  return kind === 'span' || kind === 'log' || kind === 'trace_metric'
}

/**
 * How many a container says it holds; 1 when it does not say. Never more than it has bytes: the
 * count is a stranger's, and quotas are charged by it before the payload is read.
 */
export function containerItemCount(header: Record<string, unknown>, bytes: number): number {
  const count = header['item_count']
  const isCount = Number.isSafeInteger(count) && Number(count) > 0
  return isCount ? Math.min(Number(count), Math.max(bytes, 1)) : 1
}
