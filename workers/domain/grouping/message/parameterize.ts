import { isDigit, isWord } from './characters.ts'
import { type Kind, type Scan, startScan } from './kind.ts'
import { KINDS } from './kinds.ts'

/**
 * Replaces what differs between occurrences of the same problem (ids, numbers, dates, addresses …)
 * by the name of its kind: `user 17 of 10.0.0.1` becomes `user <int> of <ip>` (spec/grouping.md §9).
 *
 * One scan from the left, where the first kind that matches at a place wins. Should a match be
 * refused by its kind (`12:31:59` is no address), all is thrown away and the kinds are run one after
 * another over the whole text. Time is proportional to the text's length, whatever it holds.
 */
export function parameterize(text: string): string {
  return replaceTogether(text) ?? KINDS.reduce(replaceKind, text)
}

/** Kinds by the character at a place; odd indexes serve places where a word begins or ends. */
const KINDS_BY_PLACE: Kind[][] = Array.from({ length: 256 }, (_, index) =>
  KINDS.filter(({ first, atBoundary }) => {
    const character = String.fromCharCode(index >> 1)
    return first.includes(character) && (!atBoundary || index % 2 === 1)
  }),
)
const DIGIT_PLACE = '0'.charCodeAt(0)
const NO_KINDS: Kind[] = []

/** Null when a kind refused its match. */
function replaceTogether(text: string): string | null {
  const scan = startScan(text)
  let result = ''
  let copied = 0
  let isAfterWord = false
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!
    const isInWord = isWord(code)
    const found = firstMatch(scan, at, kindsAt(code, isInWord !== isAfterWord))
    if (found === 'refused') return null
    if (found) {
      result += `${text.slice(copied, at)}<${found.kind.name}>`
      copied = at = found.end
      isAfterWord = isWord(lastCodePoint(text, at))
    } else {
      at += code > 0xffff ? 2 : 1
      isAfterWord = isInWord
    }
  }
  return copied === 0 ? text : result + text.slice(copied)
}

function replaceKind(text: string, kind: Kind): string {
  const scan = startScan(text)
  let result = ''
  let copied = 0
  let isAfterWord = false
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!
    const isInWord = isWord(code)
    const isHere = kindsAt(code, isInWord !== isAfterWord).includes(kind)
    const end = isHere ? kind.match(scan, at) : -1
    if (end > at) {
      const match = text.slice(at, end)
      const isAccepted = kind.accepts?.(match) ?? true
      result += text.slice(copied, at) + (isAccepted ? `<${kind.name}>` : match)
      copied = at = end
      isAfterWord = isWord(lastCodePoint(text, at))
    } else {
      at += code > 0xffff ? 2 : 1
      isAfterWord = isInWord
    }
  }
  return copied === 0 ? text : result + text.slice(copied)
}

function firstMatch(
  scan: Scan,
  at: number,
  kinds: Kind[],
): { kind: Kind; end: number } | 'refused' | null {
  for (const kind of kinds) {
    const end = kind.match(scan, at)
    if (end <= at) continue
    const isRefused = kind.accepts !== undefined && !kind.accepts(scan.text.slice(at, end))
    return isRefused ? 'refused' : { kind, end }
  }
  return null
}

function kindsAt(code: number, isBoundary: boolean): Kind[] {
  const place = code < 128 ? code : isDigit(code) ? DIGIT_PLACE : null
  return place === null ? NO_KINDS : KINDS_BY_PLACE[place * 2 + Number(isBoundary)]!
}

function lastCodePoint(text: string, end: number): number {
  const last = text.charCodeAt(end - 1)
  return last >= 0xdc00 && last <= 0xdfff ? text.codePointAt(end - 2)! : last
}
