import type { Meta } from '../event/event.ts'
import type { Range, Redaction, Rule } from './rule.ts'
import { hmacSha1 } from './sha1.ts'

/**
 * A text and the places in it that were redacted already. Such a place is opaque: the rules that
 * come later see one NUL character there, so nothing is redacted twice and scrubbing a scrubbed
 * event changes nothing. Remarks carry the places from one scrubbing to the next
 * (spec/event-processing.md §2.3, §5.3).
 */
export interface MarkedText {
  readonly value: string
  /** In order, not overlapping. */
  readonly marks: readonly Mark[]
}

/** One redacted place; UTF-16 offsets in the value. */
export interface Mark {
  readonly start: number
  readonly end: number
  readonly ruleId: string
  readonly type: string
  /** Of an earlier scrubbing. */
  readonly isOld?: true
}

type Remark = (string | number)[]

const TYPE_OF_METHOD = { remove: 'x', mask: 'm', hash: 'p', replace: 's' } as const
const OPAQUE = '\0'
/** What methods leave behind: nothing, stars, a pseudonym, a bracketed word, the dots of trimming. */
const LEFT_BEHIND = /^(?:|\*+|[0-9A-F]{40}|\[[a-zA-Z -]{1,32}\]|\.\.\.)$/

/**
 * The text with the marks its remarks tell of. A remark on something that is not a known
 * replacement is not believed: SDKs send remarks too, and nobody may wave a secret through.
 */
export function readMarks(value: string, meta: Meta | undefined, known: KnownTexts): MarkedText {
  const remarks = Array.isArray(meta?.rem) ? meta.rem : []
  const unit = unitOffsets(value)
  const marks = remarks
    .filter((remark) => isRanged(remark))
    .map(
      ([ruleId, type, start, end]): Mark => ({
        ruleId,
        type,
        start: unit(start),
        end: unit(end),
        isOld: true,
      }),
    )
    .filter(({ start, end }) => start <= end && isLeftBehind(value.slice(start, end), known))
    .sort((one, other) => one.start - other.start || one.end - other.end)
  let reached = 0
  const apart = marks.filter((mark) => {
    if (mark.start < reached) return false
    reached = mark.end
    return true
  })
  return { value, marks: apart }
}

/** Replacement texts of the rules in force. */
export type KnownTexts = ReadonlySet<string>

function isLeftBehind(text: string, known: KnownTexts): boolean {
  return known.has(text) || LEFT_BEHIND.test(text)
}

function isRanged(remark: Remark): remark is [string, string, number, number] {
  if (!Array.isArray(remark)) return false
  const [ruleId, type, start, end] = remark
  const isNamed = typeof ruleId === 'string' && typeof type === 'string' && type !== 'a'
  return isNamed && Number.isInteger(start) && Number.isInteger(end)
}

/** What a rule searches. Offsets in it are what `redactParts` takes. */
export function searchable({ value, marks }: MarkedText): string {
  if (marks.length === 0) return value
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of marks) {
    pieces.push(value.slice(from, start), OPAQUE)
    from = end
  }
  pieces.push(value.slice(from))
  return pieces.join('')
}

export function isFullyMarked({ value, marks }: MarkedText): boolean {
  if (marks.length === 0) return false
  return marks.reduce((sum, { start, end }) => sum + end - start, 0) === value.length
}

/** Redacts the whole; marks inside are absorbed. */
export function redactWhole(text: MarkedText, rule: Rule): MarkedText {
  if (isFullyMarked(text)) return text
  const value = redacted(text.value, rule.redaction)
  return { value, marks: [markOf(rule, 0, value.length)] }
}

/** Redacts what was found in the searchable form; marks inside a range are absorbed by it. */
export function redactParts(text: MarkedText, found: readonly Range[], rule: Rule): MarkedText {
  if (found.length === 0) return text
  const locate = locator(text.marks)
  const pieces: string[] = []
  const marks: Mark[] = []
  let length = 0
  let from = 0
  let next = 0
  const push = (piece: string) => {
    pieces.push(piece)
    length += piece.length
  }
  const copyUntil = (until: number) => {
    const shift = length - from
    for (; next < text.marks.length && text.marks[next]!.end <= until; next += 1) {
      const mark = text.marks[next]!
      if (mark.start < from) continue // inside the range before
      marks.push({ ...mark, start: mark.start + shift, end: mark.end + shift })
    }
    push(text.value.slice(from, until))
    from = until
  }
  for (const range of found) {
    const start = locate(range[0])
    const end = locate(range[1])
    copyUntil(start)
    const replacement = redacted(text.value.slice(start, end), rule.redaction)
    marks.push(markOf(rule, length, length + replacement.length))
    push(replacement)
    from = end
  }
  copyUntil(text.value.length)
  return { value: pieces.join(''), marks }
}

/** The note of a changed text: remarks in code points of the new one, length of the first original. */
export function noteOf(before: string, after: MarkedText, meta: Meta | undefined): Meta {
  const point = pointOffsets(after.value)
  const kept = Array.isArray(meta?.rem) ? meta.rem.filter((remark) => !isRanged(remark)) : []
  const made = after.marks.map(({ ruleId, type, start, end }): Remark => {
    return [ruleId, type, point(start), point(end)]
  })
  return { ...meta, rem: [...kept, ...made], len: meta?.len ?? pointsIn(before) }
}

function typeOfRule(rule: Rule): string {
  return TYPE_OF_METHOD[rule.redaction.method]
}

function markOf(rule: Rule, start: number, end: number): Mark {
  return { start, end, ruleId: rule.id, type: typeOfRule(rule) }
}

export function redacted(text: string, redaction: Redaction): string {
  switch (redaction.method) {
    case 'remove':
      return ''
    case 'mask':
      return '*'.repeat(pointsIn(text))
    case 'hash':
      return hmacSha1(redaction.key, text)
    case 'replace':
      return redaction.text
  }
}

/** From offsets in the searchable form, in rising order, to offsets in the value. */
function locator(marks: readonly Mark[]): (offset: number) => number {
  let next = 0
  let shift = 0
  return (offset) => {
    for (; next < marks.length && offset > marks[next]!.start - shift; next += 1) {
      shift += marks[next]!.end - marks[next]!.start - 1
    }
    return offset + shift
  }
}

const SURROGATE = /[\ud800-\udbff][\udc00-\udfff]/

function pointsIn(text: string): number {
  if (!SURROGATE.test(text)) return text.length
  let points = 0
  for (const _ of text) points += 1
  return points
}

/** From offsets in code points to UTF-16 ones, those outside clamped. */
function unitOffsets(text: string): (point: number) => number {
  const clamp = (offset: number, max: number) => Math.min(Math.max(offset, 0), max)
  if (!SURROGATE.test(text)) return (point) => clamp(point, text.length)
  const units: number[] = []
  let unit = 0
  for (const point of text) {
    units.push(unit)
    unit += point.length
  }
  units.push(unit)
  return (point) => units[clamp(point, units.length - 1)]!
}

/** From UTF-16 offsets to code points. */
function pointOffsets(text: string): (unit: number) => number {
  if (!SURROGATE.test(text)) return (unit) => unit
  const points = new Uint32Array(text.length + 1)
  let count = 0
  for (let unit = 0; unit < text.length; ) {
    const width = text.codePointAt(unit)! > 0xffff ? 2 : 1
    points.fill(count, unit, unit + width)
    unit += width
    count += 1
  }
  points[text.length] = count
  return (unit) => points[unit]!
}
