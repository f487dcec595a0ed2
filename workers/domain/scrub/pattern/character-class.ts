/** Whether a code point belongs to a class. */
export interface CharacterClass {
  /** One byte for each of the first 128 code points. */
  readonly ascii: Uint8Array
  readonly has: (codePoint: number) => boolean
}

/** What `\d`, `\w` and `\s` mean in the patterns of Sentry's servers: Unicode, not ASCII. */
const PERL: Record<string, string> = {
  d: '\\p{Nd}',
  w: '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d',
  s: '\\p{White_Space}',
}
const POSIX: Record<string, string> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  ascii: '\\u0000-\\u007f',
  blank: ' \\t',
  cntrl: '\\u0000-\\u001f\\u007f',
  digit: '0-9',
  graph: '\\u0021-\\u007e',
  lower: 'a-z',
  print: '\\u0020-\\u007e',
  punct: '\\u0021-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007e',
  space: '\\s',
  upper: 'A-Z',
  word: 'a-zA-Z0-9_',
  xdigit: '0-9a-fA-F',
}

/** `\d`, `\W` … as the inside of a class; undefined for other letters. */
export function perlClass(letter: string): string | undefined {
  const inside = PERL[letter.toLowerCase()]
  if (inside === undefined) return undefined
  return letter === letter.toLowerCase() ? inside : `[^${inside}]`
}

/** `[:alpha:]`, `[:^alpha:]` as the inside of a class; undefined when there is none of the name. */
export function posixClass(name: string, isNegated: boolean): string | undefined {
  const inside = Object.hasOwn(POSIX, name) ? POSIX[name] : undefined
  return inside !== undefined && isNegated ? `[^${inside}]` : inside
}

/** A code point as the inside of a class. */
export function literalClass(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`
}

/**
 * A class from its inside, in the syntax of the `v` flag. The engine's own regular expressions decide
 * on one code point at a time, so their time is constant. Throws SyntaxError on what is no class.
 */
export function characterClass(
  inside: string,
  isNegated: boolean,
  ignoresCase: boolean,
): CharacterClass {
  const source = isNegated ? `^[^${inside}]$` : `^[${inside}]$`
  const pattern = new RegExp(source, ignoresCase ? 'vi' : 'v')
  const test = (codePoint: number) => pattern.test(String.fromCodePoint(codePoint))
  const ascii = Uint8Array.from({ length: 128 }, (_, codePoint) => (test(codePoint) ? 1 : 0))
  const known = new Map<number, boolean>()
  const has = (codePoint: number): boolean => {
    if (codePoint < 128) return ascii[codePoint] === 1
    const before = known.get(codePoint)
    if (before !== undefined) return before
    const isMember = isScalar(codePoint) ? test(codePoint) : isNegated
    if (known.size < REMEMBERED_MAX) known.set(codePoint, isMember)
    return isMember
  }
  return { ascii, has }
}

const REMEMBERED_MAX = 1024

/** Lone surrogates belong to no class but the negated ones. */
function isScalar(codePoint: number): boolean {
  return codePoint < 0xd800 || codePoint > 0xdfff
}

/** Of `\b`. */
export const WORD_CLASS = characterClass(PERL.w!, false, false)
