import { type Find, NOWHERE, type Range } from '../rule.ts'
import { TOKEN_COUNT, WORKING_FOLDER } from '../sensitive-words.ts'
import { readPairValue } from './pair-value.ts'
import { Quotes } from './quotes.ts'

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
const CLOSERS =
  /(?:\\{0,7}["'`]|%(?:25){0,2}2[27]|&quot;|&#0?3[49];|\]|%(?:25){0,2}5D){0,3}[ \t]{0,4}/iy
const EQUALS = /=>|={1,3}|%(?:25){0,2}3D|:=|->/iy
/** `password= user=bob`: nothing, then another pair. */
const OTHER_PAIR = /[A-Za-z_][\w.-]{0,63}=[^=\s]/y
const COLON = /:(?!:|\/\/)|%(?:25){0,2}3A/iy
const SPACES = /(?:[ \t+]|%20){0,8}/y
const TAG_BEFORE = /<(?:[\w-]{1,32}:)?$/
const TAG_AFTER = /(?:\s[^<>]{0,256})?>/y
const TUPLE_BEFORE = /[[(]\s{0,4}\\{0,7}["'`]$/
const TUPLE_AFTER = /,[ \t]{0,4}(?=\\{0,7}["'`])/y
const NAMED_VALUE = /,\s{0,8}\\{0,7}["']?value\\{0,7}["']?\s{0,4}[:=]\s{0,4}/iy
const FORM_PART = /(?:\r?\n|(?:\\r)?\\n){2}/y
const BEFORE_CHARACTERS = 40

/** How a key is tied to its value. */
export type Tie = 'equals' | 'colon' | 'element' | 'tuple' | 'part' | 'flag'

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
      const isFolder = WORKING_FOLDER.test(key)
      if (!isFolder && !isSecret(key)) continue
      const value = readPairValue({ text, keyStart: start, keyEnd: end, ...tied, mode, quotes })
      if (!value || isHarmless(key, text.slice(...value), isFolder)) continue
      found.push(value)
      words.lastIndex = Math.max(value[1], words.lastIndex)
    }
    return found.length > 0 ? found : NOWHERE
  }
}

/** `max_tokens=512`, and `PWD=/home/bob`, which may also stand in `UID=sa;PWD=hunter2`. */
function isHarmless(key: string, value: string, isFolder: boolean): boolean {
  if (isFolder) return /^(?:[/~]|[A-Za-z]:[\\/])/.test(value)
  return TOKEN_COUNT.test(key) && /^\d{1,9}$/.test(value)
}

/** Letters, digits, `_`, `-` and `.` belong to a key. */
function keyStart(text: string, at: number): number {
  const min = Math.max(0, at - KEY_CHARACTERS_MAX)
  let start = at
  while (start > min && (isWordCode(text.charCodeAt(start - 1)) || text[start - 1] === '.'))
    start -= 1
  return start
}

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
  const isFlag = text[start] === '-' && text[end] === ' '
  return isFlag ? { tie: 'flag', at: after(SPACES, text, end) } : null
}

/** Where a sticky pattern ends that matches at an offset, or -1. */
function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}
