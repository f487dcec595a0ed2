/** R2 takes parts of 5 MiB and more; one part is all a writer holds in memory. */
const PART_BYTES = 5 * 1024 * 1024

/**
 * Writes an object of unknown length as it arrives. Up to one part is a plain put; beyond it a
 * multipart upload, so that memory stays at one part whatever the object weighs.
 */
export class BlobWriter {
  readonly key: string
  readonly #bucket: R2Bucket
  #part = new Uint8Array(64 * 1024)
  #filled = 0
  #bytes = 0
  #upload: R2MultipartUpload | null = null
  readonly #uploaded: R2UploadedPart[] = []

  constructor(bucket: R2Bucket, key: string) {
    this.#bucket = bucket
    this.key = key
  }

  get bytes(): number {
    return this.#bytes
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#bytes += chunk.length
    let rest = chunk
    while (rest.length > 0) {
      const some = rest.subarray(0, PART_BYTES - this.#filled)
      this.#grow(this.#filled + some.length)
      this.#part.set(some, this.#filled)
      this.#filled += some.length
      rest = rest.subarray(some.length)
      if (this.#filled === PART_BYTES) await this.#flushPart()
    }
  }

  /** The object is durable when this resolves. */
  async finish(): Promise<void> {
    if (!this.#upload) {
      await this.#bucket.put(this.key, this.#part.subarray(0, this.#filled))
      return
    }
    if (this.#filled > 0) await this.#flushPart()
    await this.#upload.complete(this.#uploaded)
  }

  /** Forgets what was written so far. */
  async abort(): Promise<void> {
    await this.#upload?.abort()
  }

  async #flushPart(): Promise<void> {
    this.#upload ??= await this.#bucket.createMultipartUpload(this.key)
    const part = this.#part.subarray(0, this.#filled)
    this.#uploaded.push(await this.#upload.uploadPart(this.#uploaded.length + 1, part))
    this.#filled = 0
  }

  #grow(length: number): void {
    if (length <= this.#part.length) return
    const larger = new Uint8Array(Math.min(PART_BYTES, Math.max(length, 2 * this.#part.length)))
    larger.set(this.#part.subarray(0, this.#filled))
    this.#part = larger
  }
}
