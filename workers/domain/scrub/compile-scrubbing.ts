import { type Application, compileAdvanced } from './compile-advanced.ts'
import { addressRule, isOn } from './default-rules.ts'
import { areExtrasOn, cardNumberRule, cookieHeaderRule, secretKeyRule } from './extra-rules.ts'
import { cookieRuleOf, type KeyRule, keyRuleOf, textKeyRuleOf } from './key-rules.ts'
import type { KnownTexts } from './marked-text.ts'
import { covers, type Place } from './match-selector.ts'
import { remembering } from './remembering.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { selectorOfField } from './selector.ts'
import { TextRules } from './text-rules.ts'

/** A project's scrubbing, made ready for walking over events. */
export interface CompiledScrubbing {
  /** Nothing is scrubbed at all. */
  readonly isIdle: boolean
  readonly applications: readonly Application[]
  readonly texts: TextRules
  readonly keyRule: KeyRule
  readonly textKeyRule: KeyRule
  readonly cookieRule: (name: string) => Rule | null
  /** For texts full of cookies. */
  readonly cookieHeaderRule: Rule | null
  readonly addressRule: Rule | null
  readonly cardNumberRule: Rule | null
  /** For what parameters of a log line told to be secret. */
  readonly parameterRule: Rule | null
  /** A key without the secret it holds itself, as in `?ghp_…`. */
  readonly cleanKey: (key: string) => string
  /** Whether a number of tokens is told from a token. */
  readonly knowsTokenCounts: boolean
  /** Whether default and extra rules pass over a place; null when they pass over none. */
  readonly isSafe: ((place: Place) => boolean) | null
  /** What the advanced rules put in place of secrets. */
  readonly knownTexts: KnownTexts
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
  const texts = new TextRules(scrubbing)
  const safe = scrubbing.safeFields.filter((field) => field.trim() !== '').map(selectorOfField)
  const keyRule = keyRuleOf(scrubbing)
  return {
    isIdle: applications.length === 0 && texts.isEmpty && !scrubbing.scrubIpAddresses,
    applications,
    texts,
    keyRule,
    textKeyRule: textKeyRuleOf(scrubbing, keyRule),
    cookieRule: cookieRuleOf(scrubbing),
    cookieHeaderRule: cookieHeaderRule(scrubbing),
    addressRule: addressRule(scrubbing),
    cardNumberRule: cardNumberRule(scrubbing),
    parameterRule: secretKeyRule(scrubbing),
    cleanKey: cleanKeyOf(texts),
    knowsTokenCounts: isOn(scrubbing, 'harmless-words'),
    isSafe: safe.length > 0 ? (place) => safe.some((selector) => covers(selector, place)) : null,
    knownTexts: new Set(applications.flatMap(({ rules }) => rules.flatMap(replacementOf))),
    scrubsGraphql: areExtrasOn(scrubbing),
  }
}

/** Shorter keys hold no secret. */
const KEY_CHARACTERS_MIN = 12

function cleanKeyOf(texts: TextRules): (key: string) => string {
  const clean = remembering((key) => texts.scrubPlain(key, 'name'))
  return (key) => (key.length < KEY_CHARACTERS_MIN ? key : clean(key))
}

function replacementOf({ redaction }: Rule): string[] {
  return redaction.method === 'replace' ? [redaction.text] : []
}
