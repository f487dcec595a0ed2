/**
 * What a text consists of, from one pass over its characters. Most texts hold no secret; a rule
 * names the features without which it cannot hit, and is not asked when one is missing.
 */
export const FEATURE = {
  /** Nine digits or more, as cards, bank accounts and social security numbers have. */
  digits: 1,
  /** `@`. */
  at: 2,
  /** What stands between a key and its value: `=`, `:`, `>`, `%` or a space after a flag. */
  separator: 4,
  /** Sixteen letters, digits, `_` or `-` in a row, as tokens have. */
  run: 8,
  /** `/` or `\`. */
  slash: 16,
  /** Five dashes. */
  dashes: 32,
  /** A word that secrets are called by; told by the caller. */
  word: 64,
  /** `.`, or `:` as in addresses. */
  dot: 128,
} as const

const DIGITS_MIN = 9
const RUN_MIN = 16
const DASHES_MIN = 5

const DIGIT = 1
const AT = 2
const SEPARATOR = 4
const WORD = 8
const SLASH = 16
const DASH = 32
const DOT = 128

const CLASSES = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(128)
  const add = (characters: string, bit: number) => {
    for (const character of characters) {
      const code = character.charCodeAt(0)
      table[code] = table[code]! | bit
    }
  }
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  add('0123456789', DIGIT | WORD)
  add(`${letters}${letters.toUpperCase()}_`, WORD)
  add('-', WORD | DASH | SEPARATOR)
  add('@', AT)
  add('=:>%', SEPARATOR)
  add('.:', DOT)
  add('/\\', SLASH)
  return table
}

/** All features of the text but `word`. */
export function featuresOf(text: string): number {
  let seen = 0
  let digits = 0
  let dashes = 0
  let run = 0
  let longest = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    const kind = code < 128 ? CLASSES[code]! : 0
    seen |= kind
    digits += kind & DIGIT
    if (kind & DASH) dashes += 1
    if (kind & WORD) run += 1
    else {
      if (run > longest) longest = run
      run = 0
    }
  }
  return (
    (seen & (FEATURE.at | FEATURE.separator | FEATURE.slash | FEATURE.dot)) |
    (digits >= DIGITS_MIN ? FEATURE.digits : 0) |
    (dashes >= DASHES_MIN ? FEATURE.dashes : 0) |
    (Math.max(run, longest) >= RUN_MIN ? FEATURE.run : 0)
  )
}
