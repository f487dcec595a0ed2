import {
  ENVELOPE_ITEMS_MAX,
  type EnvelopeError,
  type EnvelopeItem,
  parseItemHeader,
} from '#domain/envelope/parse-envelope.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { type ByteSource, SourceTooLarge } from '#platform/byte-source.ts'

/** Where an item's bytes go that are too many to hold. */
export interface PayloadSink {
  write(chunk: Uint8Array): Promise<void>
  finish(): Promise<{ key: string; bytes: number }>
  abort(): Promise<void>
}

const LF = 0x0a

/** A header line longer than this is no header. */
const LINE_BYTES_MAX = 64 * 1024
/** Payloads below this are held and packed with the rest. */
const HELD_BYTES_MAX = 256 * 1024
/** A payload that ends with its line, and one that must be read as JSON, are held; so they are bounded. */
const JSON_BYTES_MAX = 12 * 1024 * 1024

/** Kinds whose payload nobody reads before it is stored. */
const STREAMED = new Set([
  'attachment',
  'profile',
  'profile_chunk',
  'profile_chunk_ui',
  'replay_recording',
  'replay_video',
])

/** First line of an envelope, for authentication by its `dsn`. */
export function readHeaderLine(source: ByteSource): Promise<Uint8Array> {
  return source.readLine(LINE_BYTES_MAX)
}

/**
 * Reads the items of an envelope that is too large to hold (grammar: domain/envelope). Large binary
 * payloads go to a sink of their own as they arrive; the rest is held. Throws what the source throws.
 */
export async function readItems(
  source: ByteSource,
  openSink: () => PayloadSink,
): Promise<Result<EnvelopeItem[], EnvelopeError>> {
  const items: EnvelopeItem[] = []
  while (!(await source.isAtEnd())) {
    if (items.length === ENVELOPE_ITEMS_MAX) {
      return err({ reason: 'too_many_items', max: ENVELOPE_ITEMS_MAX })
    }
    const item = await readItem(source, items.length, openSink)
    if (!item.ok) return item
    items.push(item.value)
  }
  return ok(items)
}

async function readItem(
  source: ByteSource,
  index: number,
  openSink: () => PayloadSink,
): Promise<Result<EnvelopeItem, EnvelopeError>> {
  const itemHeader = parseItemHeader(await source.readLine(LINE_BYTES_MAX), index)
  if (!itemHeader.ok) return itemHeader
  const { type, header, length } = itemHeader.value
  if (length === null) {
    return ok({ type, header, payload: await source.readLine(JSON_BYTES_MAX) })
  }
  const truncated = (gotBytes: number): { ok: false; error: EnvelopeError } =>
    err({ reason: 'payload_truncated', item: index, wantedBytes: length, gotBytes })
  const item: EnvelopeItem = { type, header, payload: new Uint8Array(0) }
  source.checkRoom(length)
  if (STREAMED.has(type) && length > HELD_BYTES_MAX) {
    const sink = openSink()
    const got = await source.pump(length, (chunk) => sink.write(chunk))
    if (got < length) {
      await sink.abort()
      return truncated(got)
    }
    item.stored = await sink.finish()
  } else {
    if (length > JSON_BYTES_MAX) throw new SourceTooLarge(JSON_BYTES_MAX)
    item.payload = await source.read(length)
    if (item.payload.length < length) return truncated(item.payload.length)
  }
  const [next] = await source.read(1)
  return next === undefined || next === LF
    ? ok(item)
    : err({ reason: 'newline_missing', item: index })
}
