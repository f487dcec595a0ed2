/** Thrown by a source that gives more than it may; the caller names the refusal. */
export class SourceTooLarge extends Error {
  readonly bytesMax: number

  constructor(bytesMax: number) {
    super(`more than ${bytesMax} bytes`)
    this.bytesMax = bytesMax
  }
}

const LF = 0x0a

/**
 * Bytes that arrive in chunks, read by lines and lengths. Holds one chunk and what a read asked for,
 * never the whole; counts what passes and throws `SourceTooLarge` beyond `bytesMax`.
 */
export class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>
  readonly #bytesMax: number
  #current: Uint8Array = new Uint8Array(0)
  #bytes = 0

  constructor(chunks: AsyncIterable<Uint8Array>, bytesMax: number) {
    this.#chunks = chunks[Symbol.asyncIterator]()
    this.#bytesMax = bytesMax
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#current.length === 0) {
      const next = await this.#chunks.next()
      if (next.done) return true
      this.#bytes += next.value.length
      if (this.#bytes > this.#bytesMax) throw new SourceTooLarge(this.#bytesMax)
      this.#current = next.value
    }
    return false
  }

  /** Bytes up to the next LF or the end; the LF is consumed. Throws beyond `lineMax` bytes. */
  async readLine(lineMax: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let length = 0
    while (!(await this.isAtEnd())) {
      const end = this.#current.indexOf(LF)
      const part = this.#take(end === -1 ? this.#current.length : end)
      parts.push(part)
      length += part.length
      if (length > lineMax) throw new SourceTooLarge(lineMax)
      if (end !== -1) {
        this.#take(1)
        break
      }
    }
    return joinBytes(parts)
  }

  /** `count` bytes, or fewer where the source ends. */
  async read(count: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    await this.pump(count, async (part) => void parts.push(part))
    return joinBytes(parts)
  }

  /** Throws when `count` bytes more are too many: so that nobody begins what cannot be finished. */
  checkRoom(count: number): void {
    const taken = this.#bytes - this.#current.length
    if (taken + count > this.#bytesMax) throw new SourceTooLarge(this.#bytesMax)
  }

  /** Hands on `count` bytes chunk by chunk; answers how many there were. */
  async pump(count: number, write: (part: Uint8Array) => Promise<void>): Promise<number> {
    let left = count
    while (left > 0 && !(await this.isAtEnd())) {
      const part = this.#take(Math.min(left, this.#current.length))
      left -= part.length
      await write(part)
    }
    return count - left
  }

  /** Tells the sender that nothing more is wanted. */
  async cancel(): Promise<void> {
    await this.#chunks.return?.()
  }

  #take(count: number): Uint8Array {
    const part = this.#current.subarray(0, count)
    this.#current = this.#current.subarray(count)
    return part
  }
}

/** Chunks as one array; a single chunk is not copied. */
export function joinBytes(parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
