import { cookieRule, mainRules } from './default-rules.ts'
import { cookieHeaderRule, secretKeyRule, sessionCookieRule } from './extra-rules.ts'
import type { Pii } from './match-selector.ts'
import { remembering } from './remembering.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import {
  COOKIE_ATTRIBUTE,
  COOKIE_HEADER,
  COOKIE_HEADER_CHARS_MAX,
  SENSITIVE_COOKIES,
} from './sensitive-words.ts'
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

/** Of texts: the same, headers full of cookies, and attributes that are one cookie. */
export function textKeyRuleOf(scrubbing: Scrubbing, keyRule: KeyRule): KeyRule {
  const cookieHeader = cookieHeaderRule(scrubbing)
  const cookie = cookieRuleOf(scrubbing)
  const ofFreeText = (scope: Scope, pii: Pii) =>
    remembering((key) => {
      if (cookieHeader && isCookieHeader(key)) return cookieHeader
      const isCookie = key.startsWith(COOKIE_ATTRIBUTE)
      return (isCookie && cookie(key.slice(COOKIE_ATTRIBUTE.length))) || keyRule(key, scope, pii)
    })
  // Nearly all keys are of these two kinds, and most of them come with every event.
  const ofData = ofFreeText('data', 'true')
  const ofOpen = ofFreeText('open', 'true')
  return (key, scope, pii) => {
    if (scope === 'open') return ofOpen(key)
    return scope === 'data' && pii === 'true' ? ofData(key) : keyRule(key, scope, pii)
  }
}

function isCookieHeader(key: string): boolean {
  return key.length <= COOKIE_HEADER_CHARS_MAX && COOKIE_HEADER.test(key)
}

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
