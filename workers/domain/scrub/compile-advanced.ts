import { builtinMatch, builtinRules, redactionOf } from './builtin-rules.ts'
import { compilePattern } from './pattern/compile-pattern.ts'
import type { PiiConfig, PiiRule } from './pii-config.ts'
import { FILTERED, type Match, type Method, type Redaction, type Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { parseSelector, type Selector } from './selector.ts'

/** Rules somebody wrote, and the places they apply to. */
export interface Application {
  readonly selector: Selector
  readonly rules: readonly Rule[]
}

/** Rules inside rules: so deep at most, and so many altogether. */
export const NESTING_MAX = 8
export const NESTED_RULES_MAX = 1000
/** More than checked rules ever take. */
const LOOKUPS_MAX = NESTED_RULES_MAX * (NESTING_MAX + 1)

/**
 * The advanced rules of a project, its organization's first. Saving checked them
 * (./check-pii-config.ts); what makes no sense all the same applies to nothing.
 */
export function compileAdvanced({ advanced }: Scrubbing): Application[] {
  return [
    ...applicationsOf(advanced.organization, 'organization:'),
    ...applicationsOf(advanced.project, 'project:'),
  ]
}

/** `prefix` goes before the ids of custom rules in remarks. */
function applicationsOf(config: PiiConfig | null, prefix: string): Application[] {
  if (!config) return []
  return Object.entries(config.applications).flatMap(([text, names]) => {
    const selector = parseSelector(text)
    if (!selector.ok) return []
    const budget = { left: LOOKUPS_MAX }
    const rules = names.flatMap((name) => rulesNamed(config, name, prefix, budget))
    return rules.length > 0 ? [{ selector: selector.value, rules }] : []
  })
}

/** `budget`: names still to be looked up, so that rules inside each other end. */
function rulesNamed(
  config: PiiConfig,
  name: string,
  prefix: string,
  budget: { left: number },
  depth = 0,
): Rule[] {
  budget.left -= 1
  if (budget.left < 0 || depth > NESTING_MAX) return []
  if (name.startsWith('@')) return builtinRules(name, config.vars.hashKey ?? '')
  const rule = Object.hasOwn(config.rules, name) ? config.rules[name] : undefined
  if (!rule) return []
  const id = `${prefix}${name}`
  const inner = rule.type === 'alias' ? [rule.rule ?? ''] : (rule.rules ?? [])
  if (rule.type === 'alias' || rule.type === 'multiple') {
    const rules = inner.flatMap((each) => rulesNamed(config, each, prefix, budget, depth + 1))
    return rule.hideInner ? rules.map((each) => ({ ...each, id })) : rules
  }
  const match = matchOf(rule)
  return match ? [{ id, ...match, redaction: redactionFor(rule, config) }] : []
}

function matchOf(rule: PiiRule): { match: Match; needs: number } | null {
  if (rule.type === 'pattern') {
    const pattern = compilePattern(rule.pattern ?? '', rule.replaceGroups ?? [0])
    return pattern.ok ? { match: { kind: 'parts', find: pattern.value.find }, needs: 0 } : null
  }
  if (rule.type === 'redact_pair' || rule.type === 'redactPair') {
    const pattern = compilePattern(rule.keyPattern ?? '')
    if (!pattern.ok) return null
    const { test } = pattern.value
    return { match: { kind: 'pair', isKey: test, isText: test }, needs: 0 }
  }
  return builtinMatch(rule.type) ?? null
}

function redactionFor({ redaction }: PiiRule, { vars }: PiiConfig): Redaction {
  const method: Method =
    redaction?.method === undefined || redaction.method === 'default' ? 'remove' : redaction.method
  const hashKey = redaction?.key ?? vars.hashKey ?? ''
  return redactionOf(method, redaction?.text ?? FILTERED, hashKey)
}
