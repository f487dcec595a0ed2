/**
 * Letters, digits, blanks and lines as Python understands them, whose regular expressions the hashes
 * go back to: all of Unicode, not only ASCII (spec/grouping.md §9, "Porting").
 */

/** Source of a class: letters, digits and `_`. To be used with the `u` flag, inside `[]`. */
export const WORD = '\\p{L}\\p{N}_'
/** Source of a class: blanks. To be used inside `[]`. */
export const SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const WORD_CHARACTER = new RegExp(`^[${WORD}]$`, 'u')
const DIGIT_CHARACTER = /^\p{Nd}$/u
const LINE_ENDS = '\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029'
const LINE_END = new RegExp(`\\r\\n|[${LINE_ENDS}]`, 'g')
const SPACE_CHARACTER = new RegExp(`[^${SPACE}]`)
const SPACES = new RegExp(`[${SPACE}]+`, 'g')
/** Blanks for Python or for JavaScript, not for both. */
const ODD_SPACES = '\\x1c-\\x1f\\x85\\ufeff'
const ODD_SPACE = new RegExp(`[${ODD_SPACES}]`)
const OUTER_SPACE = new RegExp(`^[${SPACE}]+`)

const ASCII_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(WORD_CHARACTER.test(String.fromCharCode(code))),
)

/** Whether the character with this code point is part of a word. */
export function isWord(code: number): boolean {
  if (code < 128) return ASCII_WORD[code] === 1
  return WORD_CHARACTER.test(String.fromCodePoint(code))
}

/** Whether the character with this code point is a decimal digit of any script. */
export function isDigit(code: number): boolean {
  if (code < 128) return code >= 0x30 && code <= 0x39
  return DIGIT_CHARACTER.test(String.fromCodePoint(code))
}

/** Whether a text holds nothing but blanks. */
export function isBlank(text: string): boolean {
  return !SPACE_CHARACTER.test(text)
}

/** Without blanks at either end. */
export function strip(text: string): string {
  const from = OUTER_SPACE.exec(text)?.[0].length ?? 0
  let end = text.length
  while (end > from && isBlank(text[end - 1]!)) end--
  return text.slice(from, end)
}

/** Blanks drawn together to one space, none at the ends. Most lines only need the latter. */
export function collapseSpaces(line: string): string {
  const trimmed = line.trim()
  const isPlain = !/ {2}|[^\S ]/.test(trimmed) && !ODD_SPACE.test(line)
  return isPlain ? trimmed : strip(line.replace(SPACES, ' '))
}

/** The first lines that are not blank, at most `count`, without reading further than it must. */
export function firstLines(text: string, count: number): string[] {
  const lines: string[] = []
  LINE_END.lastIndex = 0
  let start = 0
  while (lines.length < count && start < text.length) {
    LINE_END.lastIndex = start
    const end = LINE_END.exec(text)
    const line = text.slice(start, end?.index)
    if (!isBlank(line)) lines.push(line)
    start = end ? end.index + end[0].length : text.length
  }
  return lines
}

/** Orders texts by their characters' code points. */
export function compareText(a: string, b: string): number {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()]
  for (;;) {
    const [one, other] = [left.next(), right.next()]
    if (one.done || other.done) return Number(other.done ?? false) - Number(one.done ?? false)
    const difference = one.value.codePointAt(0)! - other.value.codePointAt(0)!
    if (difference !== 0) return difference
  }
}
