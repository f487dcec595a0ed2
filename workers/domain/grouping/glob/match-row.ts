import { ANY, type CharacterClass, type GlobToken, STAR } from './parse-glob.ts'

/** Tests one text. Whoever wants to ignore case lowers both sides. */
export type TextTest = (text: string) => boolean

type OneCharacter = Exclude<GlobToken, typeof STAR>

/**
 * Tests a whole text against tokens whose stars cross everything. Between stars stand runs of fixed
 * length, so taking each run as far left as it goes is never wrong, and nothing is tried twice.
 */
export function rowTest(tokens: GlobToken[]): TextTest {
  const runs = splitAtStars(tokens)
  const literals = runs.map(literalOf)
  const [first, last] = [literals[0], literals.at(-1)]
  if (runs.length === 1 && first !== null) return (text) => text === first
  if (runs.length === 2 && first && last === '') return (text) => text.startsWith(first)
  if (runs.length === 2 && last && first === '') return (text) => text.endsWith(last)
  const middle = literals[1]
  if (runs.length === 3 && first === '' && last === '' && middle) {
    return (text) => text.includes(middle)
  }
  return (text) => matchRuns(runs, literals, text)
}

/** The text a row stands for when it has no wildcard, else null. */
export function literalOf(tokens: GlobToken[]): string | null {
  return tokens.every((token) => typeof token === 'string') ? tokens.join('') : null
}

function splitAtStars(tokens: GlobToken[]): OneCharacter[][] {
  const runs: OneCharacter[][] = [[]]
  for (const token of tokens) {
    if (token !== STAR) runs.at(-1)!.push(token)
    else if (runs.length === 1 || runs.at(-1)!.length > 0) runs.push([])
  }
  return runs
}

function matchRuns(runs: OneCharacter[][], literals: (string | null)[], text: string): boolean {
  let at = matchRun(runs[0]!, text, 0)
  if (at < 0) return false
  if (runs.length === 1) return at === text.length
  for (let index = 1; index < runs.length - 1; index++) {
    at = findRun(runs[index]!, literals[index]!, text, at)
    if (at < 0) return false
  }
  const tail = runs.at(-1)!
  const start = stepBack(text, tail.length)
  return start >= at && matchRun(tail, text, start) === text.length
}

/** End of the leftmost match at or after `from`, or -1. */
function findRun(run: OneCharacter[], literal: string | null, text: string, from: number): number {
  if (literal !== null) {
    const found = text.indexOf(literal, from)
    return found < 0 ? -1 : found + literal.length
  }
  for (let start = from; start <= text.length; start++) {
    const end = matchRun(run, text, start)
    if (end >= 0) return end
  }
  return -1
}

/** End of the match that starts at `start`, or -1. */
function matchRun(run: OneCharacter[], text: string, start: number): number {
  let at = start
  for (const token of run) {
    const code = text.codePointAt(at)
    if (code === undefined) return -1
    if (typeof token === 'string') {
      if (code !== token.codePointAt(0)) return -1
    } else if (token !== ANY && !isMember(token, code)) {
      return -1
    }
    at += code > 0xffff ? 2 : 1
  }
  return at
}

function isMember({ isNegated, ranges }: CharacterClass, code: number): boolean {
  return isNegated !== ranges.some(([first, last]) => code >= first && code <= last)
}

/** Where the last `count` characters of a text begin, or -1 when it has fewer. */
function stepBack(text: string, count: number): number {
  let at = text.length
  for (let left = count; left > 0; left--) {
    if (at === 0) return -1
    const low = text.charCodeAt(at - 1)
    const isPair = low >= 0xdc00 && low <= 0xdfff && (text.codePointAt(at - 2) ?? 0) > 0xffff
    at -= isPair ? 2 : 1
  }
  return at
}
