/** A value in an event by the path of a hit: `extra.'odd key'.0`, `request.headers.Cookie`. */
export function valueAt(event: unknown, path: string): unknown {
  return keysOf(path).reduce(step, event)
}

function keysOf(path: string): string[] {
  return [...path.matchAll(/'((?:[^']|'')*)'|[^.]+/g)].map(
    ([plain, quoted]) => quoted?.replaceAll("''", "'") ?? plain,
  )
}

function step(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    if (/^\d+$/.test(key)) return value[Number(key)]
    // Tags, headers and cookies are lists of pairs.
    const pair = value.find((item) => Array.isArray(item) && item[0] === key)
    return Array.isArray(pair) ? pair[1] : undefined
  }
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}

/** A text cut at ranges of code points: every second piece lies within one. */
export function cutAt(text: string, ranges: [start: number, end: number][]): string[] {
  const points = [...text]
  const pieces: string[] = []
  let at = 0
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (start < at) continue
    pieces.push(points.slice(at, start).join(''), points.slice(start, end).join(''))
    at = end
  }
  return [...pieces, points.slice(at).join('')]
}

/** An error of advanced rules, and where in their text it is. */
export type RuleProblem = { line: number; text: string }

/** Reads `Line 3, column 12: …` as the server says it. */
export function readProblem(message: string): RuleProblem {
  const [, line, text] = /^Line (\d+), column \d+: ([\s\S]+)$/.exec(message) ?? []
  return line === undefined || text === undefined
    ? { line: 1, text: message }
    : { line: Number(line), text }
}
