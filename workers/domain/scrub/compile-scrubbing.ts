import { type Application, compileAdvanced } from './compile-advanced.ts'
import {
  addressRule,
  cookieRule,
  isOn,
  literalPattern,
  mainRules,
  replaceOnlyRules,
} from './default-rules.ts'
import {
  areExtrasOn,
  cardNumberRule,
  cookieHeaderRule,
  extraTextRules,
  secretKeyRule,
  sessionCookieRule,
} from './extra-rules.ts'
import { covers, type Pii, type Place } from './match-selector.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { selectorOfField } from './selector.ts'
import { COOKIE_HEADER, SENSITIVE_COOKIES, TELLING_WORDS } from './sensitive-words.ts'
import { SCOPES, type Scope } from './shape.ts'

type KeyRule = (key: string, scope: Scope, pii: Pii) => Rule | null

/** A project's scrubbing, made ready for walking over events. */
export interface CompiledScrubbing {
  /** Nothing is scrubbed at all. */
  readonly isIdle: boolean
  readonly applications: readonly Application[]
  /** Default and extra rules for the texts of a scope, in order. */
  readonly textRules: Readonly<Record<Scope, readonly Rule[]>>
  /** The rule that takes the whole value of a key, if there is one. */
  readonly keyRule: KeyRule
  /** The same for texts, among them headers full of cookies. */
  readonly textKeyRule: KeyRule
  /** The rule that takes the value of a cookie, if there is one. */
  readonly cookieRule: (name: string) => Rule | null
  /** The rule for texts full of cookies. */
  readonly cookieHeaderRule: Rule | null
  /** The rule for parameters of a log line that its fields tell to be secret. */
  readonly parameterRule: Rule | null
  readonly addressRule: Rule | null
  readonly cardNumberRule: Rule | null
  /** Whether a number of tokens is told from a token. */
  readonly knowsTokenCounts: boolean
  /** Whether default and extra rules pass over a place; null when they pass over none. */
  readonly isSafe: ((place: Place) => boolean) | null
  /** Whether a text has a word that any rule looks for. */
  readonly hasTellingWord: (text: string) => boolean
  /** What the rules in force put in place of secrets. */
  readonly knownTexts: ReadonlySet<string>
  /** Whether the variables of GraphQL requests are filtered. */
  readonly scrubsGraphql: boolean
}

const compiled = new WeakMap<Scrubbing, CompiledScrubbing>()

/** Compiles once for each object: a configuration is replaced, never changed. */
export function compileScrubbing(scrubbing: Scrubbing): CompiledScrubbing {
  const known = compiled.get(scrubbing)
  if (known) return known
  const fresh = compile(scrubbing)
  compiled.set(scrubbing, fresh)
  return fresh
}

function compile(scrubbing: Scrubbing): CompiledScrubbing {
  const applications = compileAdvanced(scrubbing)
  const main = mainRules(scrubbing)
  const textRules = Object.fromEntries(
    SCOPES.map((scope) => [scope, textRulesOf(scrubbing, scope, main)]),
  ) as Record<Scope, Rule[]>
  const telling = literalPattern(scrubbing.sensitiveFields, TELLING_WORDS.source)!
  const safe = scrubbing.safeFields.filter((field) => field.trim() !== '').map(selectorOfField)
  const cookieHeader = cookieHeaderRule(scrubbing)
  const secretKeys = secretKeyRule(scrubbing)
  const keyRule = keyRules(main, secretKeys)
  const hasTextRules = Object.values(textRules).some((rules) => rules.length > 0)
  return {
    isIdle: applications.length === 0 && !hasTextRules && !scrubbing.scrubIpAddresses,
    applications,
    textRules,
    keyRule,
    textKeyRule: textKeyRules(keyRule, cookieHeader),
    cookieHeaderRule: cookieHeader,
    parameterRule: secretKeys,
    cookieRule: cookieRules(scrubbing),
    addressRule: addressRule(scrubbing),
    cardNumberRule: cardNumberRule(scrubbing),
    knowsTokenCounts: isOn(scrubbing, 'harmless-words'),
    isSafe: safe.length > 0 ? (place) => safe.some((selector) => covers(selector, place)) : null,
    hasTellingWord: (text) => telling.test(text),
    knownTexts: new Set(applications.flatMap(({ rules }) => rules.flatMap(replacementOf))),
    scrubsGraphql: areExtrasOn(scrubbing),
  }
}

/** Default rules of a scope, then ours that are not among them already. */
function textRulesOf(scrubbing: Scrubbing, scope: Scope, main: readonly Rule[]): Rule[] {
  const defaults =
    scope === 'data' || scope === 'prose'
      ? main
      : scope === 'log'
        ? replaceOnlyRules(scrubbing)
        : []
  const ours = extraTextRules(scrubbing, scope)
  return [...defaults, ...ours.filter((rule) => !defaults.some((each) => findsTheSame(each, rule)))]
}

function findsTheSame({ match: one }: Rule, { match: other }: Rule): boolean {
  return one.kind === 'parts' && other.kind === 'parts' && one.find === other.find
}

/** Which keys a project's events have is soon known; what they mean is remembered. */
const KEYS_REMEMBERED_MAX = 4096

function keyRules(main: readonly Rule[], ours: Rule | null): KeyRule {
  const mainKeys = remembering([...main, ...(ours ? [ours] : [])])
  const openKeys = remembering(ours ? [ours] : [])
  return (key, scope, pii) => {
    if (scope === 'open') return openKeys(key)
    return pii === 'true' && (scope === 'data' || scope === 'prose') ? mainKeys(key) : null
  }
}

function textKeyRules(keyRule: KeyRule, cookieHeader: Rule | null): KeyRule {
  if (!cookieHeader) return keyRule
  return (key, scope, pii) => {
    const isHeader = (scope === 'data' || scope === 'open') && COOKIE_HEADER.test(key)
    return isHeader ? cookieHeader : keyRule(key, scope, pii)
  }
}

function remembering(rules: readonly Rule[]): (key: string) => Rule | null {
  const known = new Map<string, Rule | null>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const rule = rules.find(({ match }) => match.kind === 'pair' && match.isKey(key)) ?? null
    if (known.size >= KEYS_REMEMBERED_MAX) known.clear()
    known.set(key, rule)
    return rule
  }
}

function cookieRules(scrubbing: Scrubbing): (name: string) => Rule | null {
  const ours = sessionCookieRule(scrubbing)
  const sentrys = cookieRule(scrubbing)
  return (name) => {
    if (sentrys && SENSITIVE_COOKIES.has(name.toLowerCase())) return sentrys
    return ours?.match.kind === 'pair' && ours.match.isKey(name) ? ours : null
  }
}

function replacementOf({ redaction }: Rule): string[] {
  return redaction.method === 'replace' ? [redaction.text] : []
}
