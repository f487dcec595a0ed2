import { isOn, literalPattern, wordNeed } from './default-rules.ts'
import type { ExtraRule } from './extra-rule.ts'
import { FEATURE } from './features.ts'
import { findEmails, findIps } from './find/addresses.ts'
import { findApiTokens } from './find/api-tokens.ts'
import { findSchemeCredentials } from './find/auth-schemes.ts'
import { findKeyBodies, findUrlPasswords } from './find/credentials.ts'
import {
  findCards,
  findCheckedCards,
  findCheckedIbans,
  findIbans,
  findSsns,
} from './find/numbers.ts'
import { findSecretPairs, type PairMode } from './find/secret-pairs.ts'
import { remembering } from './remembering.ts'
import { FILTERED, type Find, type Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { namesSecret, SESSION_COOKIE } from './sensitive-words.ts'
import type { Scope } from './shape.ts'

/* Picket's own rules (./extra-rule.ts), composed for a project. */

const { at, dashes, digits, dot, separator, slash, space, tie, token, word } = FEATURE

/** What parts of keys may be; around them `namesSecret` decides. */
const PAIR_WORDS =
  'pass|pwd|secret|token|key|credential|auth|bearer|cookie|sess|otp|cv[vc]|ssn|jwt|pin|card|sig(?:nature)?\\b|social.security|two.factor'

/** Our rules for texts of a scope, in order. */
export function extraTextRules(scrubbing: Scrubbing, scope: Scope): Rule[] {
  if (!areExtrasOn(scrubbing)) return addressRules(scrubbing, scope)
  const wanted = RULES_OF_SCOPE[scope].filter((name) => isOn(scrubbing, name))
  const rules = wanted.map((name) => textRule(name, scrubbing, PAIR_MODE[scope]))
  return [...rules, ...addressRules(scrubbing, scope)]
}

const NUMBERS = ['card-numbers', 'ibans', 'ssns'] as const
const CREDENTIALS = ['auth-schemes', 'api-tokens', 'url-credentials'] as const
type TextRule = (typeof NUMBERS | typeof CREDENTIALS)[number] | 'private-keys' | 'secret-pairs'
const ALL: TextRule[] = [...CREDENTIALS, 'private-keys', 'secret-pairs', ...NUMBERS]

/** Free-form data gets its keys and numbers from the default rules. */
const RULES_OF_SCOPE: Record<Scope, readonly TextRule[]> = {
  data: ALL,
  prose: ALL,
  sentence: ALL,
  log: ALL,
  open: ALL,
  name: [...CREDENTIALS, 'secret-pairs', 'card-numbers'],
  code: ['api-tokens', 'url-credentials', 'private-keys', 'secret-pairs'],
  id: ['api-tokens', 'url-credentials'],
}

const PAIR_MODE: Record<Scope, PairMode> = {
  data: 'text',
  prose: 'text',
  sentence: 'text',
  log: 'text',
  open: 'text',
  name: 'name',
  code: 'code',
  id: 'name',
}

const SENTENCES: readonly Scope[] = ['prose', 'sentence', 'log']

/** Our rules do not depend on `enabled`'s key lists, but are default rules like Sentry's. */
export function areExtrasOn({ enabled, defaultRules }: Scrubbing): boolean {
  return enabled && defaultRules
}

/** The rule for keys that name a secret, or null. */
export function secretKeyRule(scrubbing: Scrubbing): Rule | null {
  if (!areExtrasOn(scrubbing) || !isOn(scrubbing, 'secret-keys')) return null
  const isKey = secretKeyTest(scrubbing)
  return filter('secret-keys', { kind: 'pair', isKey, isText: () => false }, 0)
}

/** The rule for cookies by their names, or null. */
export function sessionCookieRule(scrubbing: Scrubbing): Rule | null {
  if (!areExtrasOn(scrubbing) || !isOn(scrubbing, 'session-cookies')) return null
  const isKey = (name: string) => SESSION_COOKIE.test(name)
  return filter('session-cookies', { kind: 'pair', isKey, isText: () => false }, 0)
}

/** The rule for headers that carry cookies whole, or null. */
export function cookieHeaderRule(scrubbing: Scrubbing): Rule | null {
  if (!areExtrasOn(scrubbing) || !isOn(scrubbing, 'session-cookies')) return null
  return filter('session-cookies', { kind: 'anything' }, 0)
}

/** The rule for cards that came as numbers, or null. They can only be removed. */
export function cardNumberRule(scrubbing: Scrubbing): Rule | null {
  if (!areExtrasOn(scrubbing) || !isOn(scrubbing, 'card-numbers')) return null
  return { ...filter('card-numbers', { kind: 'anything' }, 0), redaction: { method: 'remove' } }
}

function textRule(name: TextRule, scrubbing: Scrubbing, mode: PairMode): Rule {
  const isChecked = isOn(scrubbing, 'number-checks')
  switch (name) {
    case 'auth-schemes':
      return partsRule(name, findSchemeCredentials, word | space)
    case 'api-tokens':
      return partsRule(name, findApiTokens, token)
    case 'url-credentials':
      return partsRule(name, findUrlPasswords, at | slash)
    case 'private-keys':
      return partsRule(name, findKeyBodies, dashes)
    case 'secret-pairs':
      return partsRule(
        name,
        findSecretPairs(pairWords(scrubbing), mode),
        (mode === 'code' ? tie : separator) | wordNeed(scrubbing.sensitiveFields),
      )
    case 'card-numbers':
      return partsRule(name, isChecked ? findCheckedCards : findCards, digits)
    case 'ibans':
      return partsRule(name, isChecked ? findCheckedIbans : findIbans, digits)
    case 'ssns':
      return partsRule(name, findSsns, digits)
  }
}

function addressRules(scrubbing: Scrubbing, scope: Scope): Rule[] {
  const isWanted = scrubbing.scrubIpAddresses && isOn(scrubbing, 'addresses')
  if (!isWanted || !SENTENCES.includes(scope)) return []
  return [
    {
      ...partsRule('addresses', findEmails, at),
      redaction: { method: 'replace', text: '[email]' },
    },
    { ...partsRule('addresses', findIps, dot), redaction: { method: 'replace', text: '[ip]' } },
  ]
}

function pairWords(scrubbing: Scrubbing) {
  const pattern = literalPattern(scrubbing.sensitiveFields, PAIR_WORDS)!
  return {
    words: new RegExp(pattern.source, 'gi'),
    isSecret: remembering(secretKeyTest(scrubbing)),
  }
}

function secretKeyTest({ sensitiveFields }: Scrubbing): (key: string) => boolean {
  const sensitive = literalPattern(sensitiveFields)
  return sensitive ? (key) => sensitive.test(key) || namesSecret(key) : namesSecret
}

function partsRule(name: ExtraRule, find: Find, needs: number): Rule {
  return filter(name, { kind: 'parts', find }, needs)
}

function filter(name: ExtraRule, match: Rule['match'], needs: number): Rule {
  return { id: `picket:${name}`, match, needs, redaction: { method: 'replace', text: FILTERED } }
}
