import { redacted } from '../marked-text.ts'
import { NOWHERE, type Range, type Rule } from '../rule.ts'
import { type TextRun, utf8Runs, utf16Runs } from './text-runs.ts'

export type Encoding = TextRun['encoding']

const STAR = '*'

/**
 * Redacts in place what a rule hits in bytes, and says whether it hit. Their length never changes, so
 * that what points into them still does: removing and masking fill with `*`, a replacement is cut or
 * filled up (spec/event-processing.md §5.6). `encoding`: what they are written in, where all go.
 */
export function redactBytes(bytes: Uint8Array, rule: Rule, encoding: Encoding): boolean {
  if (rule.match.kind === 'anything') {
    overwrite(bytes, replacementFor(new TextDecoder(encoding).decode(bytes), rule), encoding)
    return bytes.length > 0
  }
  const isHit = redactRuns(bytes, utf8Runs(bytes), rule)
  return redactRuns(bytes, utf16Runs(bytes), rule) || isHit
}

function redactRuns(bytes: Uint8Array, runs: readonly TextRun[], rule: Rule): boolean {
  let isHit = false
  for (const { start, text, encoding } of runs) {
    let at = start
    let reached = 0
    for (const [from, to] of placesIn(text, rule)) {
      at += widthOf(text.slice(reached, from), encoding)
      const width = widthOf(text.slice(from, to), encoding)
      overwrite(
        bytes.subarray(at, at + width),
        replacementFor(text.slice(from, to), rule),
        encoding,
      )
      at += width
      reached = to
      isHit = true
    }
  }
  return isHit
}

/** There are no keys in bytes: what names a secret takes the line it stands in. */
function placesIn(text: string, { match }: Rule): readonly Range[] {
  switch (match.kind) {
    case 'parts':
      return match.find(text)
    case 'pair':
      return linesOf(text).filter(([start, end]) => match.isText(text.slice(start, end)))
    case 'anything':
      return NOWHERE
  }
}

function linesOf(text: string): Range[] {
  return [...text.matchAll(/[^\r\n]+/g)].map(({ 0: line, index }) => [index, index + line.length])
}

function replacementFor(text: string, { redaction }: Rule): string {
  const isFilled = redaction.method === 'remove' || redaction.method === 'mask'
  return isFilled ? '' : redacted(text, redaction)
}

function widthOf(text: string, encoding: Encoding): number {
  return encoding === 'utf-8' ? new TextEncoder().encode(text).length : text.length * 2
}

/** Writes as many characters as there is room for, and `*` behind them. */
function overwrite(room: Uint8Array, text: string, encoding: Encoding): void {
  let at = 0
  for (const character of text) {
    const bytes = encoded(character, encoding)
    if (at + bytes.length > room.length) break
    room.set(bytes, at)
    at += bytes.length
  }
  const star = encoded(STAR, encoding)
  for (; at < room.length; at += star.length) room.set(star.subarray(0, room.length - at), at)
}

function encoded(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  const units = Array.from(text, (_, index) => text.charCodeAt(index))
  return Uint8Array.from(units.flatMap((unit) => [unit & 0xff, unit >> 8]))
}
