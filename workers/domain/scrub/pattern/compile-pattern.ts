import { ok, type Result } from '../../result.ts'
import { NOWHERE, type Range } from '../rule.ts'
import type { PatternError } from './cursor.ts'
import { parsePattern } from './parse-pattern.ts'
import { programOf } from './program.ts'
import { Machine, type Meter, type Slots } from './run-program.ts'

/** A regular expression somebody wrote, to be run on texts somebody else wrote. */
export interface Pattern {
  /** Ranges of the groups asked for of every match, in order, none overlapping. */
  find: (text: string) => readonly Range[]
  test: (text: string) => boolean
}

/**
 * Compiles a pattern for linear time. `groups`: what to find of a match, 0 being all of it. A pattern
 * that needs more than its share of steps on a text (such can be made) hits all the rest of that
 * text: rather too much is redacted than too little.
 */
export function compilePattern(
  source: string,
  groups: readonly number[] = [0],
): Result<Pattern, PatternError> {
  const node = parsePattern(source)
  if (!node.ok) return node
  const program = programOf(node.value)
  if (!program.ok) return program
  const machine = new Machine(program.value, 2 * (Math.max(0, ...groups) + 1))
  return ok({
    find: (text) => findAll(machine, groups, text, machine.meterFor(text)),
    test: (text) => {
      const meter = machine.meterFor(text)
      return machine.search(text, 0, meter) !== null || meter.left <= 0
    },
  })
}

function findAll(
  machine: Machine,
  groups: readonly number[],
  text: string,
  meter: Meter,
): readonly Range[] {
  const found: Range[] = []
  for (let from = 0; from <= text.length; ) {
    const slots = machine.search(text, from, meter)
    if (meter.left <= 0) {
      const reached = Math.max(from, found.at(-1)?.[1] ?? 0)
      if (reached < text.length) found.push([reached, text.length])
      break
    }
    if (!slots) break
    found.push(...rangesOf(slots, groups))
    from = Math.max(slots[1]!, slots[0]! + 1)
  }
  return found.length > 0 ? found : NOWHERE
}

/** Of groups inside each other only the outer counts. */
function rangesOf(slots: Slots, groups: readonly number[]): Range[] {
  const ranges = groups
    .map((group): Range => [slots[2 * group] ?? -1, slots[2 * group + 1] ?? -1])
    .filter(([start, end]) => start >= 0 && end > start)
    .sort((one, other) => one[0] - other[0] || other[1] - one[1])
  let reached = -1
  return ranges.filter(([start, end]) => {
    if (start < reached) return false
    reached = end
    return true
  })
}
