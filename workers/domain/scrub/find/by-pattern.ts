import { type Find, NOWHERE, type Range } from '../rule.ts'

/**
 * Finds what a global pattern matches, and only what `accepts` says yes to. The pattern's own time
 * must be linear: no unbounded repetition that another can take over, none that starts again at
 * each of its own characters.
 */
export function byPattern(
  pattern: RegExp,
  accepts?: (match: string, text: string, at: number) => boolean,
): Find {
  return (text) => {
    let found: Range[] | null = null
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      if (accepts && !accepts(match[0], text, match.index)) continue
      found ??= []
      found.push([match.index, pattern.lastIndex])
    }
    return found ?? NOWHERE
  }
}

/** Finds what the first group of a global pattern with the `d` flag matches. */
export function byGroup(pattern: RegExp): Find {
  return (text) => {
    let found: Range[] | null = null
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const range = match.indices?.[1]
      if (!range || range[0] === range[1]) continue
      found ??= []
      found.push(range)
    }
    return found ?? NOWHERE
  }
}
