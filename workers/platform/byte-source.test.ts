import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ByteSource, joinBytes, SourceTooLarge } from './byte-source.ts'

async function* chunksOf(parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (read: Uint8Array): string => new TextDecoder().decode(read)

describe('a byte source', () => {
  it('reads lines and lengths across chunks, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 9 })),
        fc.nat(20),
        async (parts, count) => {
          const whole = joinBytes([...parts, new Uint8Array(0)])
          const source = new ByteSource(chunksOf(parts), 10_000)
          const first = await source.read(count)
          expect(first).toEqual(whole.subarray(0, count))
          const rest = whole.subarray(count)
          const end = rest.indexOf(10)
          expect(await source.readLine(10_000)).toEqual(end === -1 ? rest : rest.subarray(0, end))
          const left = end === -1 ? 0 : rest.length - end - 1
          expect((await source.read(10_000)).length).toBe(left)
          expect(await source.isAtEnd()).toBe(true)
        },
      ),
    )
  })

  it('says beforehand whether so much may still come', async () => {
    const source = new ByteSource(chunksOf([bytes('ab\ncdef')]), 10)
    await source.readLine(9)
    expect(() => source.checkRoom(7)).not.toThrow()
    expect(() => source.checkRoom(8)).toThrow(SourceTooLarge)
    expect(text(await source.read(7))).toBe('cdef')
  })

  it('refuses more than it may give, and lines longer than asked for', async () => {
    const parts = [bytes('abc'), bytes('def\n')]
    await expect(new ByteSource(chunksOf(parts), 5).read(9)).rejects.toThrow(SourceTooLarge)
    await expect(new ByteSource(chunksOf(parts), 99).readLine(5)).rejects.toThrow(SourceTooLarge)
    expect(text(await new ByteSource(chunksOf(parts), 7).readLine(6))).toBe('abcdef')
  })
})
