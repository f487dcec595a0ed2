import { type Find, NOWHERE, type Range } from '../rule.ts'
import { TOKEN_COUNT, WORKING_FOLDER } from '../sensitive-words.ts'
import { readPairValue } from './pair-value.ts'
import { MARK, Quotes } from './quotes.ts'

/*
 * Finds the values of secrets that a text names: `password=hunter2`, `"apiKey": "…"`,
 * `%22token%22%3A%22…%22`, `Authorization: Bearer …`, `--password hunter2`, `<pin>1234</pin>`,
 * `("x-api-key", "…")`, a part of a multipart form. The key stays, so that one can see what was there.
 *
 * One pass: a pattern leaps from word to word that a key may contain; around it the key is read (at
 * most KEY_CHARACTERS_MAX to each side), behind it a separator, behind that the value. What was taken
 * as a value is not read again, so the time is linear.
 */

/** Where to look how closely. */
export type PairMode =
  /** Text of any kind: every form, unless it reads like a sentence ("password: must be longer"). */
  | 'text'
  /** Names, paths and URLs: with `=` or in quotes only. */
  | 'name'
  /** Source: quoted literals that look like secrets only. */
  | 'code'

const KEY_CHARACTERS_MAX = 64
/** Brackets and quotes that close a key, and the spaces behind it. */
const CLOSERS = new RegExp(`(?:${MARK}|\\]|%(?:25){0,2}5D){0,3}[ \\t]{0,4}`, 'iy')
const EQUALS = /=>|={1,3}|%(?:25){0,2}3D|\\{1,4}u003d|:=|->/iy
/** `password= user=bob`: nothing, then another pair. */
const OTHER_PAIR = /[A-Za-z_][\w.-]{0,63}=[^=\s]/y
const COLON = /:(?!:|\/\/)|%(?:25){0,2}3A/iy
const SPACES = /(?:[ \t+]|%20){0,8}/y
const TAG_BEFORE = /<(?:[\w-]{1,32}:)?$/
const TAG_AFTER = /(?:\s[^<>]{0,256})?>/y
const TUPLE_BEFORE = /[[(]\s{0,4}\\{0,7}["'`]$/
const TUPLE_AFTER = /,[ \t]{0,4}(?=\\{0,7}["'`])/y
const NAMED_VALUE = /,?\s{0,8}\\{0,7}["']?value\\{0,7}["']?\s{0,4}[:=]\s{0,4}/iy
/** `PASSWORD 'hunter2'` of SQL and of messages; a token so quoted is what a parser met. */
const QUOTED_KEY = /passw(?:or)?d|passphrase/i
const QUOTED_AFTER = /\s{1,4}(?=\\{0,7}["'][^\s"']{1,128}\\{0,7}["'])/y
const FORM_PART = /(?:\r?\n|(?:\\r)?\\n){2}/y
const BEFORE_CHARACTERS = 40

/** How a key is tied to its value. */
export type Tie = 'equals' | 'colon' | 'element' | 'tuple' | 'part' | 'flag' | 'quoted'

export interface PairWords {
  /** Global; what keys may contain. */
  readonly words: RegExp
  readonly isSecret: (key: string) => boolean
}

export function findSecretPairs({ words, isSecret }: PairWords, mode: PairMode): Find {
  return (text) => {
    const found: Range[] = []
    const quotes = new Quotes(text)
    words.lastIndex = 0
    for (let word = words.exec(text); word !== null; word = words.exec(text)) {
      const start = keyStart(text, word.index)
      const end = keyEnd(text, words.lastIndex)
      const tied = tieBehind(text, start, end)
      words.lastIndex = Math.max(end, words.lastIndex)
      if (!tied) continue
      const key = text.slice(start, end)
      const isDoubtful = DOUBTFUL_KEY.test(key)
      if (!isDoubtful && !isSecret(key)) continue
      const value = readPairValue({ text, keyStart: start, keyEnd: end, ...tied, mode, quotes })
      if (!value || isHarmless(key, text.slice(...value), isDoubtful)) continue
      found.push(value)
      words.lastIndex = Math.max(value[1], words.lastIndex)
    }
    return found.length > 0 ? found : NOWHERE
  }
}

/** Keys whose value tells whether it is secret. */
const DOUBTFUL_KEY =
  /^(?:(?:OLD)?PWD|(?:http_)?(?:set-)?cookie2?|sig|(?:x-(?:amz|goog)-)?signature)$/i

/**
 * `max_tokens=512`; of doubtful keys `PWD=/home/bob` (but not of `UID=sa;PWD=hunter2`), a cookie header
 * without a cookie, and a signature that is none of a URL.
 */
function isHarmless(key: string, value: string, isDoubtful: boolean): boolean {
  if (!isDoubtful) return TOKEN_COUNT.test(key) && /^\d{1,9}$/.test(value)
  if (WORKING_FOLDER.test(key)) return /^(?:[/~]|[A-Za-z]:[\\/])/.test(value)
  if (/pwd$/i.test(key)) return false
  return /cookie/i.test(key) ? !value.includes('=') : !/^[\w%+/=-]{16,}$/.test(value)
}

/** Letters, digits, `_`, `-` and `.` belong to a key. */
function keyStart(text: string, at: number): number {
  const min = Math.max(0, at - KEY_CHARACTERS_MAX)
  let start = at
  while (start > min && (isWordCode(text.charCodeAt(start - 1)) || text[start - 1] === '.')) {
    start -= 1
  }
  const opening = /[%\\]/.test(text[start - 1] ?? '')
    ? ESCAPE.exec(text.slice(start - 1, at))
    : null
  return opening ? start - 1 + opening[0].length : start
}

/** `%22`, `%2522`, `\u0022`, `\x22` or `\n` before a key, whose digits are none of it. */
const ESCAPE = /^(?:%(?:25){0,2}[0-9a-f]{2}|\\(?:u00[0-9a-f]{2}|x[0-9a-f]{2}|[nrt]))/i

/** The same, but a `.` ends it: what follows is another word. */
function keyEnd(text: string, at: number): number {
  const max = Math.min(text.length, at + KEY_CHARACTERS_MAX)
  let end = at
  while (end < max && isWordCode(text.charCodeAt(end))) end += 1
  return end
}

function isWordCode(code: number): boolean {
  const letter = code | 32
  if (letter >= 97 && letter <= 122) return true
  return (code >= 48 && code <= 57) || code === 95 || code === 45
}

/** What ties the key to what stands behind it, and where that begins. */
function tieBehind(text: string, start: number, end: number): { tie: Tie; at: number } | null {
  const before = text.slice(Math.max(0, start - BEFORE_CHARACTERS), start)
  if (TAG_BEFORE.test(before)) {
    const at = after(TAG_AFTER, text, end)
    if (at >= 0) return { tie: 'element', at }
  }
  const closed = after(CLOSERS, text, end)
  const equals = after(EQUALS, text, closed)
  if (equals >= 0) {
    const at = after(SPACES, text, equals)
    const isEmpty = closed === end && at > equals && after(OTHER_PAIR, text, at) >= 0
    return isEmpty ? null : { tie: 'equals', at }
  }
  const colon = after(COLON, text, closed)
  if (colon >= 0) return { tie: 'colon', at: after(SPACES, text, colon) }
  const isQuoted = closed > end && /["'`]/.test(text.slice(end, closed))
  if (isQuoted) {
    const named = after(NAMED_VALUE, text, closed)
    if (named >= 0) return { tie: 'equals', at: named }
    const tuple = TUPLE_BEFORE.test(before) ? after(TUPLE_AFTER, text, closed) : -1
    if (tuple >= 0) return { tie: 'tuple', at: tuple }
    const part = after(FORM_PART, text, closed)
    if (part >= 0) return { tie: 'part', at: part }
  }
  if (text[start] === '-' && text[end] === ' ') return { tie: 'flag', at: after(SPACES, text, end) }
  const quoted = after(QUOTED_AFTER, text, end)
  const isPassword = quoted >= 0 && QUOTED_KEY.test(text.slice(start, end))
  return isPassword ? { tie: 'quoted', at: quoted } : null
}

/** Where a sticky pattern ends that matches at an offset, or -1. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
