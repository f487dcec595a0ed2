import type { Range } from '../rule.ts'
import type { Quotes } from './quotes.ts'
import type { PairMode, Tie } from './secret-pairs.ts'

/** A key in a text, and what stands behind it. */
export interface PairContext {
  text: string
  keyStart: number
  keyEnd: number
  tie: Tie
  /** Where the value begins. */
  at: number
  mode: PairMode
  quotes: Quotes
}

/** `b'…'`, `u"…"`, `Some("…")`, `new SecretString('…')`. */
const LEAD = /(?:[bBuUrRfFLN@$]{1,2}|(?:new )?[A-Za-z_][\w.:]{0,48}\()(?=\\{0,7}["'`])/y
const HEADER_KEY = /(?:^|[._-])(?:authorization|cookie2?)$/i
const SCHEME_AND_TOKEN =
  /(?:bearer|basic|token|negotiate|ntlm|jwt|apikey)[ +]{1,4}[^\s"'`,;]{1,8192}/iy
const CDATA = '<![CDATA['
const BRACKET_CHARACTERS_MAX = 4096
/** Where a text without quotes ends, before one looks closer. */
const HARD_STOP = /[\s&;<>|]/
const ENCODED_STOP = /%(?:25){0,2}(?:26|22|2C|7D|20|3B|0A|5D)/iy
const ESCAPED_STOP = /\\{1,8}(?:["']|u00(?:22|26|27|3c|3e)|x2[27])/iy
const NEXT_KEY = /,\s?\\{0,7}["']?[\w.-]{1,64}["']?\s?[=:]/y
const BEHIND_VALUE = /[\s,;:)}\]&>|\\]/

/** The value to redact, or null when there is none or none that is secret. */
export function readPairValue(pair: PairContext): Range | null {
  const { text, quotes, mode, tie } = pair
  TEMPLATE_HERE.lastIndex = pair.at
  if (TEMPLATE_HERE.test(text)) return null
  LEAD.lastIndex = pair.at
  const at = LEAD.test(text) ? LEAD.lastIndex : pair.at
  const quoted = tie === 'element' || tie === 'part' ? null : quotes.read(at)
  if (quoted) {
    const value = text.slice(quoted.start, quoted.end)
    const isSecret = !isPlaceholder(value) && !isSentence(value, false)
    return isSecret && (mode !== 'code' || looksSecret(value)) ? [quoted.start, quoted.end] : null
  }
  if (mode === 'code' || (mode === 'name' && tie === 'colon')) return null
  const end = unquotedEnd(pair)
  const value = text.slice(pair.at, end)
  if (isPlaceholder(value)) return null
  if (tie === 'colon' && !isColonSecret(pair, value)) return null
  return [pair.at, end]
}

function unquotedEnd(pair: PairContext): number {
  const { text, at, tie, keyStart, keyEnd } = pair
  if (tie === 'element') return endBefore(text, at, text.startsWith(CDATA, at) ? ']]>' : '<')
  if (tie === 'part') return lineEnd(text, at)
  const key = text.slice(keyStart, keyEnd)
  if (HEADER_KEY.test(key)) {
    SCHEME_AND_TOKEN.lastIndex = at
    if (SCHEME_AND_TOKEN.test(text)) return SCHEME_AND_TOKEN.lastIndex
    const mark = text[keyStart - 1] ?? ''
    const line = lineEnd(text, at)
    if (/["'`]/.test(mark)) return Math.min(line, endBefore(text, at, mark))
    if (tie === 'colon' && /\s/.test(text[at - 1]!)) return line
  }
  if (text[at] === '[' || text[at] === '{') return bracketEnd(text, at)
  return plainEnd(text, at)
}

function plainEnd(text: string, at: number): number {
  for (let i = at; i < text.length; i += 1) {
    const character = text[i]!
    if (HARD_STOP.test(character)) return i
    if (character === ',') {
      NEXT_KEY.lastIndex = i
      if (isBehindValue(text, i + 1) || NEXT_KEY.test(text)) return i
    } else if (/["'`)}\]]/.test(character)) {
      if (isBehindValue(text, i + 1)) return i
    } else if (character === '\\') {
      ESCAPED_STOP.lastIndex = i
      if (ESCAPED_STOP.test(text)) return i
    } else if (character === '%') {
      ENCODED_STOP.lastIndex = i
      if (ENCODED_STOP.test(text)) return i
    }
  }
  return text.length
}

function isBehindValue(text: string, at: number): boolean {
  return at >= text.length || BEHIND_VALUE.test(text[at]!) || /["'`]/.test(text[at]!)
}

/** Behind the bracket that closes the one at `at`; of a list that was cut, the rest of the line. */
function bracketEnd(text: string, at: number): number {
  const end = Math.min(text.length, at + BRACKET_CHARACTERS_MAX)
  let depth = 0
  for (let i = at; i < end; i += 1) {
    if (/[[{]/.test(text[i]!)) depth += 1
    if (/[\]}]/.test(text[i]!)) depth -= 1
    if (depth === 0) return i + 1
  }
  return Math.min(end, lineEnd(text, at))
}

function lineEnd(text: string, at: number): number {
  const end = text.slice(at, at + LINE_CHARACTERS_MAX).search(/[\r\n]/)
  return end < 0 ? Math.min(text.length, at + LINE_CHARACTERS_MAX) : at + end
}

function endBefore(text: string, at: number, mark: string): number {
  const end = text.slice(at, at + LINE_CHARACTERS_MAX).indexOf(mark)
  return end < 0 ? Math.min(text.length, at + LINE_CHARACTERS_MAX) : at + end
}

const LINE_CHARACTERS_MAX = 8192

const PLACEHOLDER_CHARACTERS_MAX = 64
const NO_VALUE =
  /^(?:null|none|nil|undefined|true|false|yes|no|nan|empty|missing|present|set|unset|required|optional|invalid|valid|expired|unknown|ok|failed|failure|denied|error|redacted|filtered|hidden|masked|removed|string|str|number|int|integer|bool|boolean|object|any|bytes|text|varchar|secretstr|optional\[str\])[,.;:!?]?$/i
const TEMPLATE =
  /^(?:[*•x.\-_]{2,}|\[[a-z -]{1,32}\]|<[\w .-]{1,40}>|%[-+0-9.]{0,8}[sdrvqifxuc@]|%\(\w{1,40}\)[sdr]|\$?\{{1,2}[\w .:|-]{0,60}\}{1,2}|\$[A-Z_][A-Z0-9_]{2,}|\$\d{1,3}|\?|:[a-z]\w{0,40}|@[a-z]\w{0,20}|#\{[\w.]{1,40}\}|[()[\]{}]{1,2})$/i

/** `${SECRET}`, `{{ token }}`, whose braces would end a value. */
const TEMPLATE_HERE = /(?:\$\{|\{{1,2})[\w .:|-]{0,60}\}{1,2}(?![\w-])/y

/** Nothing, what was redacted already, a word for nothing, a type, what a template left. */
function isPlaceholder(value: string): boolean {
  if (value.length > PLACEHOLDER_CHARACTERS_MAX) return false
  return /^\0*$/.test(value) || NO_VALUE.test(value) || TEMPLATE.test(value)
}

const OPENING_WORD =
  /^[[("']{0,2}(?:this|is|are|was|were|must|may|might|can|can't|cannot|could|should|shall|will|would|not|does|doesn't|do|don't|did|has|have|had|required|requires|invalid|missing|expected|unexpected|expired|failed|please|field|too|wrong|incorrect|unable|unknown|unsupported|undefined|only|minimum|maximum|at least|value|try|retry|check|see|use|enter|contact)\b/i
const ARTICLE = /^(?:the|a|an|no|any|for|of|in|on|to|from|by|with|and|or|if|as|it|your|we|you)\s/i

/** "must be longer", and with articles "the one you gave": somebody speaks about the secret. */
function isSentence(value: string, withArticles: boolean): boolean {
  const opening = value.slice(0, PLACEHOLDER_CHARACTERS_MAX)
  if (!/\s/.test(opening)) return false
  return OPENING_WORD.test(opening) || (withArticles && ARTICLE.test(opening))
}

const PARSER_BEFORE = /(?:unexpected|expected|illegal|unrecognized|stray|near|unknown) $/i

/** `key: value` may be a sentence, a place in a file, or a name: not every one tells a secret. */
function isColonSecret({ text, keyStart, keyEnd, at }: PairContext, value: string): boolean {
  const line = text.slice(at, at + PLACEHOLDER_CHARACTERS_MAX)
  if (isSentence(line, true) || /^\d{1,6}:\d{1,6}/.test(value)) return false
  if (PARSER_BEFORE.test(text.slice(Math.max(0, keyStart - 16), keyStart))) return false
  const isGlued = !/\s/.test(text[at - 1]!)
  return !isGlued || !/^(?:x?auth|oauth2?)$/i.test(text.slice(keyStart, keyEnd))
}

/** A literal in source: letters and digits or signs in one word, not a label or a name. */
function looksSecret(value: string): boolean {
  if (value.length < 6 || /\s/.test(value)) return false
  return /[a-z]/i.test(value) && /[\d!#$%^&*+=~]/.test(value) && !/^[/.#]|[{}<>]/.test(value)
}
