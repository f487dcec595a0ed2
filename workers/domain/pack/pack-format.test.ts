import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { toHex } from '../identifier.ts'
import {
  decodeJournalRow,
  decodePack,
  ENTRY_BYTES,
  encodeJournalRow,
  encodePack,
  KINDS,
  type PackedItem,
} from './pack-format.ts'

/** An id of zeros means "none" at rest, so no event may have it. */
const eventId = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .filter((bytes) => bytes.some((byte) => byte !== 0))
  .map(toHex)

const items: fc.Arbitrary<PackedItem[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    eventId: fc.option(eventId),
    bytes: fc.uint8Array({ maxLength: 64 }),
    rawBytes: fc.nat(),
  }),
  { maxLength: 20 },
)

describe('the pack', () => {
  it('gives back every item by its range', () => {
    fc.assert(
      fc.property(items, (packed) => {
        const pack = encodePack(packed)
        const entries = decodePack(pack)
        if (!entries.ok) throw new Error(entries.error.reason)
        const read = entries.value.map(({ offset, length, ...entry }) => ({
          ...entry,
          bytes: pack.slice(offset, offset + length),
        }))
        expect(read).toEqual(packed)
      }),
    )
  })

  it('is the same bytes for the same items: shipping may be repeated', () => {
    const packed: PackedItem[] = [
      { kind: 'event', eventId: 'ab'.repeat(16), bytes: Uint8Array.of(7), rawBytes: 9 },
    ]
    expect(encodePack(packed)).toEqual(encodePack(packed))
  })

  it('refuses anything cut short, and never throws on bytes that are none', () => {
    const pack = encodePack([
      { kind: 'event', eventId: null, bytes: Uint8Array.of(1, 2, 3), rawBytes: 3 },
    ])
    for (let length = 0; length < pack.length; length += 1) {
      expect(decodePack(pack.subarray(0, length)).ok).toBe(false)
    }
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodePack(bytes)))
  })

  it('refuses other magic, newer versions and unknown kinds by name', () => {
    const pack = encodePack([
      { kind: 'event', eventId: null, bytes: Uint8Array.of(1), rawBytes: 1 },
    ])
    const changed = (at: number, byte: number) => {
      const copy = pack.slice()
      copy[at] = byte
      const entries = decodePack(copy)
      return entries.ok ? null : entries.error.reason
    }
    expect(changed(0, 0)).toBe('not_a_pack')
    expect(changed(4, 9)).toBe('version_unknown')
    expect(changed(12 + 28, 250)).toBe('kind_unknown')
  })
})

describe('the journal row', () => {
  it('gives back its items in order', () => {
    fc.assert(
      fc.property(items, (packed) => {
        const row = decodeJournalRow(encodeJournalRow(packed))
        expect(row.ok && row.value).toEqual(packed)
      }),
    )
  })

  it('refuses a row cut short', () => {
    const row = encodeJournalRow([
      { kind: 'event', eventId: null, bytes: Uint8Array.of(1, 2), rawBytes: 2 },
    ])
    expect(decodeJournalRow(row.subarray(0, ENTRY_BYTES - 1)).ok).toBe(false)
    expect(decodeJournalRow(row.subarray(0, row.length - 1)).ok).toBe(false)
  })
})
