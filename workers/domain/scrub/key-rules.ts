import { cookieRule, mainRules } from './default-rules.ts'
import { cookieHeaderRule, secretKeyRule, sessionCookieRule } from './extra-rules.ts'
import type { Pii } from './match-selector.ts'
import { remembering } from './remembering.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { COOKIE_HEADER, SENSITIVE_COOKIES } from './sensitive-words.ts'
import type { Scope } from './shape.ts'

/** The rule that takes the whole value of a key in a field, if there is one. */
export type KeyRule = (key: string, scope: Scope, pii: Pii) => Rule | null

/** Of numbers and containers. */
export function keyRuleOf(scrubbing: Scrubbing): KeyRule {
  const ours = secretKeyRule(scrubbing)
  const mainKeys = firstForKey([...mainRules(scrubbing), ...(ours ? [ours] : [])])
  const openKeys = firstForKey(ours ? [ours] : [])
  return (key, scope, pii) => {
    if (key === '') return null
    if (scope === 'open') return openKeys(key)
    return pii === 'true' && (scope === 'data' || scope === 'prose') ? mainKeys(key) : null
  }
}

/** Of texts: the same, and headers full of cookies. */
export function textKeyRuleOf(scrubbing: Scrubbing, keyRule: KeyRule): KeyRule {
  const cookieHeader = cookieHeaderRule(scrubbing)
  if (!cookieHeader) return keyRule
  return (key, scope, pii) => {
    const isHeader = (scope === 'data' || scope === 'open') && isCookieHeader(key)
    return isHeader ? cookieHeader : keyRule(key, scope, pii)
  }
}

const isCookieHeader = (key: string) => key.length <= 16 && COOKIE_HEADER.test(key)

/** Of cookies. */
export function cookieRuleOf(scrubbing: Scrubbing): (name: string) => Rule | null {
  const ours = sessionCookieRule(scrubbing)
  const sentrys = cookieRule(scrubbing)
  return (name) => {
    if (sentrys && SENSITIVE_COOKIES.has(name.toLowerCase())) return sentrys
    return ours?.match.kind === 'pair' && ours.match.isKey(name) ? ours : null
  }
}

function firstForKey(rules: readonly Rule[]): (key: string) => Rule | null {
  return remembering((key) => {
    return rules.find(({ match }) => match.kind === 'pair' && match.isKey(key)) ?? null
  })
}
