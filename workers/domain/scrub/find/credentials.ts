import { type Find, NOWHERE, type Range } from '../rule.ts'
import { byPattern } from './by-pattern.ts'

/* Credentials by the form they travel in (spec/event-processing.md §5.2). */

const BEARER = /\bbearer\s{1,8}[^\s]{1,8192}/gi
const KEY_BEGIN = /-----BEGIN[A-Z0-9 ]{0,40}(?:PRIVATE|PUBLIC) KEY(?: BLOCK)?-----/g
const KEY_END = '-----END'
const USERINFO_CHARACTERS_MAX = 512

/** Words that follow "bearer" in sentences, and settings that follow it in lists. */
const NO_TOKEN =
  /^bearer\s+(?:(?:tokens?|auth\w*|credentials?|schemes?|realm|formats?|headers?|is|was|are|not|of|or|and|required|missing|invalid|expired)\b|\w{2,32}=[^=\s])/i

export const findBearers: Find = byPattern(BEARER)
/** Those that are not of a sentence. */
export const findBearerTokens: Find = byPattern(BEARER, (match) => !NO_TOKEN.test(match))

/** What stands between the BEGIN and END lines of a key; to the end of a text that was cut. */
export const findKeyBodies: Find = (text) => {
  const found: Range[] = []
  let from = 0
  for (const begin of text.matchAll(KEY_BEGIN)) {
    if (begin.index < from) continue
    const start = begin.index + begin[0].length
    const end = text.indexOf(KEY_END, start)
    const body = text.slice(start, end < 0 ? text.length : end)
    const inner = trimmed(body, start)
    if (inner[0] < inner[1]) found.push(inner)
    if (end < 0) break
    from = end
  }
  return found.length > 0 ? found : NOWHERE
}

/** Without the line breaks around it, also where JSON wrote them as `\n`. */
function trimmed(body: string, offset: number): Range {
  const lead = /^(?:\s|\\[nr])*/.exec(body)![0].length
  let end = body.length
  while (end > lead && isBreak(body, end)) end -= /\s/.test(body[end - 1]!) ? 1 : 2
  return [offset + lead, offset + end]
}

function isBreak(body: string, end: number): boolean {
  return /\s/.test(body[end - 1]!) || (/[nr]/.test(body[end - 1]!) && body[end - 2] === '\\')
}

/** `user:pass` of `//user:pass@host`. */
export const findUserinfo: Find = (text) => userinfo(text, false)

/** Only `pass` of `//user:pass@host`. */
export const findUrlPasswords: Find = (text) => userinfo(text, true)

function userinfo(text: string, passwordOnly: boolean): readonly Range[] {
  const found: Range[] = []
  for (let slashes = text.indexOf('//'); slashes >= 0; slashes = text.indexOf('//', slashes + 2)) {
    const start = slashes + 2
    const at = authorityAt(text, start)
    if (at < 0) continue
    const colon = text.indexOf(':', start)
    const from = passwordOnly ? (colon >= 0 && colon < at ? colon + 1 : at) : start
    if (from < at) found.push([from, at])
    slashes = at
  }
  return found.length > 0 ? found : NOWHERE
}

/**
 * Offset of the `@` that ends the user's part of a URL, or -1. It is the last before the host ends;
 * a password that holds `/`, `?` or `#` as it is ends at the first `@` behind it.
 */
function authorityAt(text: string, start: number): number {
  const end = Math.min(text.length, start + USERINFO_CHARACTERS_MAX)
  let last = -1
  let colon = -1
  for (let i = start; i < end; i += 1) {
    const character = text[i]!
    if (/[\s"'<>\\`]/.test(character)) return last
    if (character === '@') {
      last = i
      continue
    }
    if (character === ':' && colon < 0) colon = i
    if (character !== '/' && character !== '?' && character !== '#') continue
    if (last >= 0 || colon < 0 || isPort(text.slice(colon + 1, i))) return last
    const at = text.slice(i, end).search(/[@\s"'<>\\`]/)
    return at >= 0 && text[i + at] === '@' ? i + at : -1
  }
  return last
}

function isPort(text: string): boolean {
  return /^\d{0,5}$/.test(text)
}
