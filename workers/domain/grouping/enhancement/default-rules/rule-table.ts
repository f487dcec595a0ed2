import { parseEnhancements } from '../parse-rules.ts'
import type { Action, EnhancementRule, Matcher } from '../rule.ts'

/**
 * How the default rules are written down: many patterns of one kind share one effect. Each pattern
 * is a rule of its own, and the order of all of them counts.
 */

export type Field = 'package' | 'function' | 'module' | 'path'

/** Which frames: of native code, of JavaScript, or of any platform. */
export type Family = 'native' | 'javascript' | 'any'

/** One rule per pattern: frames of `family` whose `field` looks like it get `effect`. */
export function mark(
  family: Family,
  field: Field,
  effect: string,
  patterns: string[],
): EnhancementRule[] {
  const actions = readActions(effect)
  return patterns.map((pattern) => rule([...familyOf(family), equals(field, pattern)], actions))
}

/** The same for pairs: both fields must look like their pattern. */
export function markBoth(
  family: Family,
  fields: [Field, Field],
  effect: string,
  pairs: [string, string][],
): EnhancementRule[] {
  const actions = readActions(effect)
  return pairs.map(([first, second]) =>
    rule([...familyOf(family), equals(fields[0], first), equals(fields[1], second)], actions),
  )
}

/** `a>b`: a frame of category b called by one of category a is nobody's business but theirs. */
export function inner(...calls: string[]): EnhancementRule[] {
  const actions = readActions('category=internals')
  return calls.map((call) => {
    const [caller = '', callee = ''] = call.split('>')
    return { ...rule([equals('category', callee)], actions), caller: equals('category', caller) }
  })
}

/** Rules that fit no table, in the syntax people write. */
export function written(...lines: string[]): EnhancementRule[] {
  const parsed = parseEnhancements(lines.join('\n'))
  if (!parsed.ok) throw new Error(`a default rule cannot be read: ${parsed.error.message}`)
  return parsed.value
}

function rule(matchers: Matcher[], actions: Action[]): EnhancementRule {
  return { matchers, caller: null, callee: null, actions }
}

function equals(key: Matcher['key'], pattern: string): Matcher {
  return { key, pattern, isNegated: false }
}

function familyOf(family: Family): Matcher[] {
  return family === 'any' ? [] : [equals('family', family)]
}

function readActions(effect: string): Action[] {
  return written(`app:yes ${effect}`)[0]!.actions
}
