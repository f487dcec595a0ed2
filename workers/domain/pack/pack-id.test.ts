import { describe, expect, it } from 'vitest'

import { isPackId, makePackId, packOpenedAt } from './pack-id.ts'

const NOW = Date.UTC(2026, 10, 25, 9, 30)

describe('pack ids', () => {
  it('are ULIDs that tell when they were made', () => {
    const id = makePackId(
      NOW,
      Uint8Array.from({ length: 16 }, (_, index) => index * 17),
    )
    expect(isPackId(id)).toBe(true)
    expect(packOpenedAt(id)).toBe(NOW)
  })

  it('sort by time', () => {
    const ids = [NOW + 1, NOW, NOW + 86_400_000].map((at) =>
      makePackId(at, new Uint8Array(16).fill(31)),
    )
    expect([...ids].sort().map(packOpenedAt)).toEqual([NOW, NOW + 1, NOW + 86_400_000])
  })

  it('refuses other texts, so that a table name is never made of them', () => {
    const id = makePackId(NOW, new Uint8Array(16))
    expect(
      [id.toLowerCase(), id.slice(1), `${id}0`, `${id.slice(0, 25)};`, ''].map(isPackId),
    ).toEqual(Array(5).fill(false))
  })
})
