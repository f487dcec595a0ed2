/** Crockford's base 32, as ULIDs use it: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const PACK_ID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/

/**
 * A ULID: 48 bits of Unix ms, 80 random bits, 26 characters that sort by time.
 * `random` is 16 random bytes, of which 5 bits each are used.
 */
export function makePackId(now: number, random: Uint8Array): string {
  let time = ''
  let rest = now
  for (let i = 0; i < 10; i += 1) {
    time = ALPHABET[rest % 32]! + time
    rest = Math.floor(rest / 32)
  }
  let tail = ''
  for (let i = 0; i < 16; i += 1) tail += ALPHABET[random[i]! & 31]!
  return time + tail
}

/** The least id of a pack that was opened at `at` (Unix ms) or later. */
export function firstPackId(at: number): string {
  return makePackId(Math.max(0, at), new Uint8Array(16))
}

export function isPackId(text: string): boolean {
  return PACK_ID.test(text)
}

/** When the pack was opened, Unix ms. */
export function packOpenedAt(packId: string): number {
  let time = 0
  for (const character of packId.slice(0, 10)) time = time * 32 + ALPHABET.indexOf(character)
  return time
}
