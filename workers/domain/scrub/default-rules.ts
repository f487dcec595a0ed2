import { builtinRules } from './builtin-rules.ts'
import { FEATURE } from './features.ts'
import { findBearerTokens } from './find/credentials.ts'
import { findCheckedCards, findCheckedIbans } from './find/numbers.ts'
import { FILTERED, type Find, type Match, type Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { REFINED_KEY_WORDS, REFINED_TEXT_WORDS } from './sensitive-words.ts'

/*
 * Sentry's default rules, as its switches compose them (spec/event-processing.md §5.1). Two of our
 * extra rules make them more careful: `number-checks` and `harmless-words`.
 */

/** What applies to all free-form data: keys first, then texts. */
export function mainRules(scrubbing: Scrubbing): Rule[] {
  const rules: Rule[] = []
  if (scrubbing.enabled && scrubbing.defaultRules) rules.push(...commonRules(scrubbing))
  if (scrubbing.enabled) rules.push(...sensitiveFieldRules(scrubbing))
  if (scrubbing.scrubIpAddresses) rules.push(...builtinRules('@ip:replace', ''))
  return rules
}

/** What applies to log lines, which are never filtered whole. */
export function replaceOnlyRules(scrubbing: Scrubbing): Rule[] {
  if (!scrubbing.enabled || !scrubbing.defaultRules) return []
  const names = ['@email', '@creditcard', '@iban', '@usssn', '@bearer']
  const rules = names.flatMap((name) => builtinRules(`${name}:replace`, ''))
  return rules.map((rule) => refined(checked(rule, scrubbing), scrubbing))
}

/** The rule that empties addresses, where they are scrubbed. */
export function addressRule(scrubbing: Scrubbing): Rule | null {
  return scrubbing.scrubIpAddresses ? builtinRules('@anything:remove', '')[0]! : null
}

/** The rule for cookies Sentry knows by name. */
export function cookieRule(scrubbing: Scrubbing): Rule | null {
  if (!scrubbing.enabled || !scrubbing.defaultRules) return null
  return builtinRules('@anything:filter', '')[0]!
}

export function isOn(scrubbing: Scrubbing, name: Scrubbing['rulesOff'][number]): boolean {
  return !scrubbing.rulesOff.includes(name)
}

function commonRules(scrubbing: Scrubbing): Rule[] {
  const rules = builtinRules('@common:filter', '')
    .map((rule) => checked(rule, scrubbing))
    .map((rule) => refined(rule, scrubbing))
  // The rule that takes the whole value comes first: what it takes need not be searched.
  return [
    ...rules.filter(({ match }) => match.kind === 'pair'),
    ...rules.filter(({ match }) => match.kind !== 'pair'),
  ]
}

/** Cards and bank accounts by their check digits, if that is wanted. */
function checked(rule: Rule, scrubbing: Scrubbing): Rule {
  if (!isOn(scrubbing, 'number-checks')) return rule
  const find = checkedFind(rule.id)
  return find ? { ...rule, needs: FEATURE.digits, match: { kind: 'parts', find } } : rule
}

function checkedFind(id: string): Find | null {
  if (id.startsWith('@creditcard')) return findCheckedCards
  return id.startsWith('@iban') ? findCheckedIbans : null
}

/** The words of secrets less the harmless ones, if that is wanted. */
function refined(rule: Rule, scrubbing: Scrubbing): Rule {
  if (!isOn(scrubbing, 'harmless-words')) return rule
  if (rule.id.startsWith('@bearer'))
    return { ...rule, match: { kind: 'parts', find: findBearerTokens } }
  return rule.id === '@password:filter' ? { ...rule, match: REFINED_PASSWORD } : rule
}

const REFINED_PASSWORD: Match = {
  kind: 'pair',
  isKey: (key) => REFINED_KEY_WORDS.test(key),
  isText: (text) => REFINED_TEXT_WORDS.test(text) || findBearerTokens(text).length > 0,
}

function sensitiveFieldRules({ sensitiveFields }: Scrubbing): Rule[] {
  const pattern = literalPattern(sensitiveFields)
  if (!pattern) return []
  const contains = (text: string) => pattern.test(text)
  return [
    {
      id: 'strip-fields',
      match: { kind: 'pair', isKey: contains, isText: contains },
      redaction: { method: 'replace', text: FILTERED },
      needs: wordNeed(sensitiveFields),
    },
  ]
}

/** What texts with one of the words have; words that trigrams cannot tell need nothing. */
export function wordNeed(words: readonly string[]): number {
  return words.every((word) => word.trim() === '' || TOLD.test(word.trim())) ? FEATURE.word : 0
}

/** Three plain characters or more. */
const TOLD = /^[ -~]{3,}$/

/** Matches any of the words as they stand, whatever their case; null when there are none. */
export function literalPattern(words: readonly string[], more = ''): RegExp | null {
  const literals = words.map((word) => word.trim()).filter((word) => word !== '')
  const escaped = literals.map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
  if (more !== '') escaped.push(more)
  return escaped.length > 0 ? new RegExp(escaped.join('|'), 'i') : null
}
