import { describe, expect, it } from 'vitest'

import { env } from '../../tests/journey/world.ts'
import { BlobWriter } from './blob-writer.ts'

/** Bytes that tell where they stand. */
const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31) >> 3)

async function write(key: string, content: Uint8Array, chunkBytes: number): Promise<Uint8Array> {
  const writer = new BlobWriter(env.RAW, key)
  for (let at = 0; at < content.length; at += chunkBytes) {
    await writer.write(content.subarray(at, at + chunkBytes))
  }
  await writer.finish()
  expect(writer.bytes).toBe(content.length)
  return new Uint8Array(await (await env.RAW.get(key))!.arrayBuffer())
}

describe('the blob writer', () => {
  it('writes nothing, a little, exactly a part, and many parts', async () => {
    for (const length of [0, 10, 5 * 1024 * 1024, 11_000_000]) {
      const content = pattern(length)
      const written = await write(`90d/1/blob-${length}`, content, 70_001)
      expect(written.length).toBe(length)
      expect(Buffer.compare(written, content)).toBe(0)
    }
  })

  it('leaves nothing behind when it is aborted', async () => {
    const writer = new BlobWriter(env.RAW, '90d/1/aborted')
    await writer.write(pattern(6_000_000))
    await writer.abort()
    expect(await env.RAW.head('90d/1/aborted')).toBeNull()
  })
})
