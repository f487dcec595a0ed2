import { monthOf } from '#domain/identifier.ts'
import { makePackId } from '#domain/pack/pack-id.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import { blobKey } from '#store/blob.ts'
import { BlobWriter } from '#store/blob-writer.ts'
import type { PayloadSink } from './read-envelope.ts'

/**
 * Objects one request has written before it was admitted. What is not admitted is deleted again; if
 * the isolate dies in between, the retention class of the key deletes it in the end.
 */
export class KeptBlobs {
  readonly #bucket: R2Bucket
  readonly #project: ProjectConfig
  readonly #now: number
  readonly #keys: string[] = []

  /** `now` is Unix ms. */
  constructor(bucket: R2Bucket, project: ProjectConfig, now: number) {
    this.#bucket = bucket
    this.#project = project
    this.#now = now
  }

  /** Opens a new object. */
  open(): PayloadSink {
    const { retention, projectId } = this.#project
    const id = makePackId(this.#now, crypto.getRandomValues(new Uint8Array(16)))
    const key = blobKey(retention, projectId, monthOf(this.#now), id)
    const writer = new BlobWriter(this.#bucket, key)
    return {
      write: (chunk) => writer.write(chunk),
      abort: () => writer.abort(),
      finish: async () => {
        await writer.finish()
        this.#keys.push(key)
        return { key, bytes: writer.bytes }
      },
    }
  }

  /** Writes bytes that are here already. */
  async put(payload: Uint8Array): Promise<{ key: string; bytes: number }> {
    const sink = this.open()
    await sink.write(payload)
    return sink.finish()
  }

  /** The bytes of an object that rests already; null when it is gone. */
  async read(key: string): Promise<Uint8Array | null> {
    const object = await this.#bucket.get(key)
    return object && new Uint8Array(await object.arrayBuffer())
  }

  /** Deletes an object that was there before, with those that are not kept. */
  forget(key: string): void {
    this.#keys.push(key)
  }

  /** Deletes every object but those to keep. */
  async forgetAllBut(keep: ReadonlySet<string>): Promise<void> {
    const forgotten = this.#keys.filter((key) => !keep.has(key))
    if (forgotten.length > 0) await this.#bucket.delete(forgotten)
  }
}
