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
  return (
    replaceKinds(text, ALL, 'abort') ??
    ONE_BY_ONE.reduce((left, places) => replaceKinds(left, places, 'keep') ?? left, text)
  )
}

/** The same with kinds of one's own, and nothing special about a match that is refused. */
export function makeParameterizer(kinds: Kind[]): (text: string) => string {
  const places = placesOf(kinds)
  return (text) => replaceKinds(text, places, 'ignore') ?? text
}

/** Kinds by the ASCII character at a place; odd indexes serve places where a word begins or ends. */
type Places = Kind[][]

const DIGIT_PLACE = '0'.charCodeAt(0)
const NO_KINDS: Kind[] = []
const ALL = placesOf(KINDS)
const ONE_BY_ONE = KINDS.map((kind) => placesOf([kind]))

function placesOf(kinds: Kind[]): Places {
  return Array.from({ length: 256 }, (_, index) =>
    kinds.filter(({ first, atBoundary }) => {
      const character = String.fromCharCode(index >> 1)
      return first.includes(character) && (!atBoundary || index % 2 === 1)
    }),
  )
}

/**
 * What a refused match leads to: `abort` gives up (null), `keep` steps over it, `ignore` tries the
 * next kind.
 */
type WhenRefused = 'abort' | 'keep' | 'ignore'

function replaceKinds(text: string, places: Places, whenRefused: WhenRefused): string | null {
  const scan = startScan(text)
  let result = ''
  let copied = 0
  let isAfterWord = false
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!
    const isInWord = isWord(code)
    const kinds = kindsAt(places, code, isInWord !== isAfterWord)
    const found = kinds.length === 0 ? null : firstMatch(scan, at, kinds, whenRefused)
    if (!found) {
      at += code > 0xffff ? 2 : 1
      isAfterWord = isInWord
      continue
    }
    if (found.isRefused && whenRefused === 'abort') return null
    const match = text.slice(at, found.end)
    result += text.slice(copied, at) + (found.isRefused ? match : `<${found.kind.name}>`)
    copied = at = found.end
    isAfterWord = isWord(lastCodePoint(text, at))
  }
  return copied === 0 ? text : result + text.slice(copied)
}

function firstMatch(
  scan: Scan,
  at: number,
  kinds: Kind[],
  whenRefused: WhenRefused,
): { kind: Kind; end: number; isRefused: boolean } | null {
  for (const kind of kinds) {
    const end = kind.match(scan, at)
    if (end <= at) continue
    const isRefused = kind.accepts !== undefined && !kind.accepts(scan.text.slice(at, end))
    if (!isRefused || whenRefused !== 'ignore') return { kind, end, isRefused }
  }
  return null
}

function kindsAt(places: Places, code: number, isBoundary: boolean): Kind[] {
  const place = code < 128 ? code : isDigit(code) ? DIGIT_PLACE : null
  return place === null ? NO_KINDS : places[place * 2 + Number(isBoundary)]!
}

function lastCodePoint(text: string, end: number): number {
  const last = text.charCodeAt(end - 1)
  return last >= 0xdc00 && last <= 0xdfff ? text.codePointAt(end - 2)! : last
}
