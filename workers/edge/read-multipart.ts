import {
  type MultipartError,
  MultipartParser,
  type MultipartToken,
  type PartHead,
} from '#domain/attachment/multipart.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { type ByteSource, joinBytes } from '#platform/byte-source.ts'
import type { PayloadSink } from './read-envelope.ts'

/** Parts up to this are held; larger ones go to a sink as they arrive. */
const HELD_BYTES_MAX = 256 * 1024
const CHUNK_BYTES = 64 * 1024

/** A part of a form: held, or stored where its bytes were put. */
export interface ReceivedPart extends PartHead {
  bytes: Uint8Array
  stored?: { key: string; bytes: number }
  /** The first bytes, wherever the rest is: they tell what it is. */
  start: Uint8Array
}

/** Reads multipart/form-data as it arrives. Throws what the source throws. */
export async function readMultipart(
  source: ByteSource,
  boundary: string,
  openSink: () => PayloadSink,
): Promise<Result<ReceivedPart[], MultipartError>> {
  const parser = new MultipartParser(boundary)
  const parts: ReceivedPart[] = []
  let open: OpenPart | null = null
  const take = async (tokens: MultipartToken[]): Promise<void> => {
    for (const token of tokens) {
      if (token.kind === 'part') open = new OpenPart(token.head, openSink)
      else if (token.kind === 'data') await open?.write(token.bytes)
      else if (token.kind === 'part_end' && open) parts.push(await open.finish())
    }
  }
  while (!(await source.isAtEnd())) {
    const tokens = parser.push(await source.read(CHUNK_BYTES))
    if (!tokens.ok) return tokens
    await take(tokens.value)
  }
  const end = parser.end()
  return end.ok ? ok(parts) : err(end.error)
}

/** A part that is being received. */
class OpenPart {
  readonly #head: PartHead
  readonly #openSink: () => PayloadSink
  #held: Uint8Array[] = []
  #heldBytes = 0
  #start: Uint8Array = new Uint8Array(0)
  #sink: PayloadSink | null = null

  constructor(head: PartHead, openSink: () => PayloadSink) {
    this.#head = head
    this.#openSink = openSink
  }

  /** `bytes` may be a view that the parser uses again: what is held is copied. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.#start.length < 64) this.#start = joinBytes([this.#start, bytes.slice(0, 64)])
    if (this.#sink) return this.#sink.write(bytes)
    this.#held.push(bytes.slice())
    this.#heldBytes += bytes.length
    if (this.#heldBytes <= HELD_BYTES_MAX) return
    this.#sink = this.#openSink()
    for (const held of this.#held) await this.#sink.write(held)
    this.#held = []
  }

  async finish(): Promise<ReceivedPart> {
    const bytes = joinBytes(this.#held)
    const stored = await this.#sink?.finish()
    return { ...this.#head, bytes, start: this.#start, ...(stored ? { stored } : {}) }
  }
}
