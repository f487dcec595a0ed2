import { err, ok, type Result } from '../result.ts'
import { builtinMatch, builtinRules } from './builtin-rules.ts'
import { NESTED_RULES_MAX, NESTING_MAX } from './compile-advanced.ts'
import { compilePattern } from './pattern/compile-pattern.ts'
import type { PatternReason } from './pattern/cursor.ts'
import { PiiConfig, type PiiRule } from './pii-config.ts'
import { parseSelector, type SelectorReason } from './selector.ts'

/** Why advanced rules cannot be saved. `path`: where in the configuration. */
export type PiiConfigError =
  | { reason: 'invalid_json'; path: string }
  | { reason: 'invalid_shape'; path: string; message: string }
  | { reason: 'unknown_type' | 'missing_pattern' | 'missing_rules'; path: string }
  | { reason: 'nested_too_deep' | 'too_many_rules'; path: string }
  | { reason: 'unknown_rule'; path: string; rule: string }
  /** `at`: offset in the pattern or selector. */
  | { reason: 'invalid_pattern'; path: string; at: number; why: PatternReason }
  | { reason: 'invalid_selector'; path: string; at: number; why: SelectorReason }

/**
 * Reads advanced rules as the API carries them, an object or its JSON text, and says everything that
 * is wrong with them: a rule that does nothing would be worse than one that is refused.
 */
export function checkPiiConfig(given: unknown): Result<PiiConfig, PiiConfigError[]> {
  const json = typeof given === 'string' ? parsed(given) : given
  if (json === undefined) return err([{ reason: 'invalid_json', path: '' }])
  const shaped = PiiConfig.safeParse(json)
  if (!shaped.success) {
    const errors = shaped.error.issues.map(({ path, message }): PiiConfigError => {
      return { reason: 'invalid_shape', path: path.map(String).join('.'), message }
    })
    return err(errors)
  }
  const config = shaped.data
  const errors = [
    ...Object.entries(config.rules).flatMap(([name, rule]) => ruleErrors(config, name, rule)),
    ...Object.entries(config.applications).flatMap(([selector, names]) => {
      return applicationErrors(config, selector, names)
    }),
  ]
  return errors.length > 0 ? err(errors) : ok(config)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined // told as `invalid_json`
  }
}

function ruleErrors(config: PiiConfig, name: string, rule: PiiRule): PiiConfigError[] {
  const path = `rules.${name}`
  switch (rule.type) {
    case 'pattern':
      return patternErrors(rule.pattern, `${path}.pattern`)
    case 'redact_pair':
    case 'redactPair':
      return patternErrors(rule.keyPattern, `${path}.keyPattern`)
    case 'alias':
      return nestingErrors(config, name, rule.rule ? [rule.rule] : [], `${path}.rule`)
    case 'multiple':
      return nestingErrors(config, name, rule.rules ?? [], `${path}.rules`)
    default:
      return builtinMatch(rule.type) ? [] : [{ reason: 'unknown_type', path: `${path}.type` }]
  }
}

function patternErrors(pattern: string | null | undefined, path: string): PiiConfigError[] {
  if (!pattern) return [{ reason: 'missing_pattern', path }]
  const compiled = compilePattern(pattern)
  if (compiled.ok) return []
  return [{ reason: 'invalid_pattern', path, at: compiled.error.at, why: compiled.error.reason }]
}

function nestingErrors(
  config: PiiConfig,
  name: string,
  inner: readonly string[],
  path: string,
): PiiConfigError[] {
  if (inner.length === 0) return [{ reason: 'missing_rules', path }]
  const unknown = unknownRules(config, inner, path)
  if (unknown.length > 0) return unknown
  const { depth, count } = extentOf(config, name, new Map())
  if (depth > NESTING_MAX) return [{ reason: 'nested_too_deep', path }]
  return count > NESTED_RULES_MAX ? [{ reason: 'too_many_rules', path }] : []
}

/** How deep rules stand inside a rule, and how many there are altogether. */
interface Extent {
  depth: number
  count: number
}

const ENDLESS: Extent = { depth: Number.POSITIVE_INFINITY, count: Number.POSITIVE_INFINITY }

/** `known` holds what was measured, and `ENDLESS` for what is being measured: a rule inside itself. */
function extentOf(config: PiiConfig, name: string, known: Map<string, Extent>): Extent {
  const before = known.get(name)
  if (before) return before
  known.set(name, ENDLESS)
  const rule = Object.hasOwn(config.rules, name) ? config.rules[name] : undefined
  const inner = rule?.type === 'alias' ? [rule.rule ?? ''] : (rule?.rules ?? [])
  const extents = inner.map((each) => extentOf(config, each, known))
  const extent = {
    depth: Math.max(0, ...extents.map(({ depth }) => depth + 1)),
    count: extents.length === 0 ? 1 : extents.reduce((sum, { count }) => sum + count, 0),
  }
  known.set(name, extent)
  return extent
}

function applicationErrors(
  config: PiiConfig,
  selector: string,
  names: readonly string[],
): PiiConfigError[] {
  const path = `applications.${selector}`
  const unknown = unknownRules(config, names, path)
  const read = parseSelector(selector)
  if (read.ok) return unknown
  return [
    { reason: 'invalid_selector', path, at: read.error.at, why: read.error.reason },
    ...unknown,
  ]
}

function unknownRules(config: PiiConfig, names: readonly string[], path: string): PiiConfigError[] {
  return names
    .filter((name) => !isKnown(config, name))
    .map((rule) => ({ reason: 'unknown_rule', path, rule }))
}

function isKnown(config: PiiConfig, name: string): boolean {
  if (name.startsWith('@')) return builtinRules(name, '').length > 0
  return Object.hasOwn(config.rules, name)
}
