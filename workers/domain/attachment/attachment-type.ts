/**
 * What an attachment is for, by the `attachment_type` of its item header (spec/ingest.md §5.2), and
 * how a `too_large:` outcome spells it (§7.1). Some make an error event by themselves.
 */
const ATTACHMENT_TYPES = {
  'event.attachment': { name: 'attachment', createsEvent: false },
  'event.view_hierarchy': { name: 'view_hierarchy', createsEvent: false },
  'unreal.context': { name: 'unreal_context', createsEvent: false },
  'unreal.logs': { name: 'unreal_logs', createsEvent: false },
  'nswitch.dying_message': { name: 'nswitch_dying_message', createsEvent: false },
  'event.minidump': { name: 'minidump', createsEvent: true },
  'event.applecrashreport': { name: 'apple_crash_report', createsEvent: true },
  'event.payload': { name: 'event_payload', createsEvent: true },
  'event.breadcrumbs': { name: 'breadcrumbs', createsEvent: true },
  'playstation.prosperodump': { name: 'prosperodump', createsEvent: true },
} as const satisfies Record<string, { name: string; createsEvent: boolean }>

export type AttachmentType = keyof typeof ATTACHMENT_TYPES

/** The type a header names; the plain one when it names none; null when nobody knows the name. */
export function attachmentType(header: Record<string, unknown>): AttachmentType | null {
  const name = header['attachment_type'] ?? 'event.attachment'
  return typeof name === 'string' && Object.hasOwn(ATTACHMENT_TYPES, name)
    ? (name as AttachmentType)
    : null
}

/** True for a crash dump and the like: they are the event, not something beside it. */
export function createsEvent(type: AttachmentType): boolean {
  return ATTACHMENT_TYPES[type].createsEvent
}

/** The type as a `too_large:attachment:<name>` outcome spells it. */
export function attachmentTypeName(type: AttachmentType | null): string {
  return type === null ? 'unknown' : ATTACHMENT_TYPES[type].name
}

/** `content_type` of an attachment whose bytes were uploaded before (§11.6). */
export const REFERENCE_CONTENT_TYPE = 'application/vnd.sentry.attachment-ref+json'

const TRACE_ATTACHMENT_CONTENT_TYPES = [
  'application/vnd.sentry.trace-attachment',
  'application/vnd.sentry.attachment.v2',
]

/** Whose an attachment is: an event's, or (experimental, §11.6) a span's or a trace's. */
export type AttachmentOwner =
  | { kind: 'event' }
  /** `spanId` null: owned by no span yet counted with spans. */
  | { kind: 'span'; spanId: string | null }
  | { kind: 'trace' }

export function attachmentOwner(header: Record<string, unknown>): AttachmentOwner {
  const contentType = header['content_type']
  if (typeof contentType !== 'string' || !TRACE_ATTACHMENT_CONTENT_TYPES.includes(contentType)) {
    return { kind: 'event' }
  }
  const spanId = header['span_id']
  if (spanId === null) return { kind: 'span', spanId: null }
  return typeof spanId === 'string' ? { kind: 'span', spanId } : { kind: 'trace' }
}

/**
 * Bytes an attachment counts: those that came, or for a reference those it declares, which the
 * upload must then hold to (§11.6). Never 0: an empty attachment is kept, and costs something.
 */
export function attachmentBytes(header: Record<string, unknown>, payloadBytes: number): number {
  const declared = header['attachment_length']
  const isDeclared =
    header['content_type'] === REFERENCE_CONTENT_TYPE && Number.isSafeInteger(declared)
  return Math.max(isDeclared ? Number(declared) : payloadBytes, 1)
}
