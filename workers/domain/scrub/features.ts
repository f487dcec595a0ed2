/**
 * What a text consists of, from one pass over its characters. Most texts hold no secret; a rule
 * names the features without which it cannot hit, and is not asked when one is missing. This pass is
 * most of what scrubbing costs.
 *
 * Words and prefixes are told by three characters in a row, five bits of each: letters count alike in
 * either case, and what is no letter falls together with one. So a feature may be told where it is
 * not, but is never missed.
 */
export const FEATURE = {
  /** Nine digits or more, as cards, bank accounts and social security numbers have. */
  digits: 1,
  /** `@`. */
  at: 2,
  /** What stands between a key and its value: `=`, `:`, `>`, `,`, `%`, quotes, or `-` of an option. */
  separator: 4,
  /** Three characters that begin a token. */
  token: 8,
  /** `/` or `\`. */
  slash: 16,
  /** Five dashes. */
  dashes: 32,
  /** Three characters that begin a word which secrets are called by. */
  word: 64,
  /** `.`, or `:` as in addresses. */
  dot: 128,
  /** What ties a key to its value beyond doubt: `=`, `>`, quotes, and what encodes them. */
  tie: 256,
  /** A space, `+` or `%`. */
  space: 512,
} as const

/** All combinations of features lie below. */
export const FEATURES_END = 1024

const DIGITS_MIN = 9
const DASHES_MIN = 5

const DIGIT = 1
const DASH = 32
const { at, separator, slash, dot, tie, space } = FEATURE
const SEEN = at | separator | slash | dot | tie | space

const CLASSES = classes()

function classes(): Uint16Array {
  const table = new Uint16Array(128)
  const add = (characters: string, bit: number) => {
    for (const character of characters) table[character.charCodeAt(0)]! |= bit
  }
  add('0123456789', DIGIT)
  add('@', at)
  add('=>%"\'`&\\', separator | tie)
  add(':,-', separator)
  add('/\\', slash)
  add('-', DASH)
  add('.:', dot)
  add(' \t\n\r+%', space)
  return table
}

/** By three characters: the features they tell. */
export type Trigrams = Uint8Array

const TRIGRAM_BITS = 15
const TRIGRAM_MASK = (1 << TRIGRAM_BITS) - 1

export function trigramsOf(words: readonly string[], tokens: readonly string[]): Trigrams {
  const table = new Uint8Array(1 << TRIGRAM_BITS)
  const add = (beginnings: readonly string[], bit: number) => {
    for (const beginning of beginnings) {
      let trigram = 0
      for (let i = 0; i < 3; i += 1) trigram = (trigram << 5) | (beginning.charCodeAt(i) & 31)
      table[trigram]! |= bit
    }
  }
  add(words, FEATURE.word)
  add(tokens, FEATURE.token)
  return table
}

/** The features of a text. */
export function featuresOf(text: string, trigrams: Trigrams): number {
  let seen = 0
  let told = 0
  let digits = 0
  let dashes = 0
  let trigram = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    const kind = CLASSES[code & 127]!
    seen |= kind
    digits += kind & DIGIT
    dashes += kind & DASH
    trigram = ((trigram << 5) | (code & 31)) & TRIGRAM_MASK
    told |= trigrams[trigram]!
  }
  return (
    (seen & SEEN) |
    told |
    (digits >= DIGITS_MIN ? FEATURE.digits : 0) |
    (dashes >= DASH * DASHES_MIN ? FEATURE.dashes : 0)
  )
}
