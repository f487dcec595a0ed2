import { applyToText, isRemoval } from './apply-rule.ts'
import { literalPattern, mainRules, replaceOnlyRules } from './default-rules.ts'
import { extraTextRules } from './extra-rules.ts'
import { FEATURE, FEATURES_END, featuresOf, type Trigrams, trigramsOf } from './features.ts'
import { TOKEN_TRIGRAMS } from './find/api-tokens.ts'
import { type MarkedText, searchable } from './marked-text.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import { TELLING_TRIGRAMS, TELLING_WORDS } from './sensitive-words.ts'
import { SCOPES, type Scope } from './shape.ts'

/** As in `otp` and `::1`. */
const CHARACTERS_MIN = 3

/**
 * What is cut from a text may leave bounds at which a rule hits that did not before. So changed texts
 * are gone over again until nothing changes, and scrubbing twice is scrubbing once.
 */
export const ROUNDS_MAX = 8
const ALARMS_MAX = 128
const ALARM_CHARACTERS_MAX = 256

/** Default and extra rules for texts, by their scope. */
export class TextRules {
  /** Nothing is looked for in any text. */
  readonly isEmpty: boolean
  private readonly rules: Readonly<Record<Scope, readonly Rule[]>>
  /** By the features of a text, what they say of it. */
  private readonly verdicts: Readonly<Record<Scope, Uint8Array>>
  /** Texts that looked suspicious and were not. The same ones come again and again, frame by frame. */
  private readonly falseAlarms: Readonly<Record<Scope, Set<string>>> = byScope(() => new Set())
  private readonly trigrams: Trigrams
  private readonly telling: RegExp

  constructor(scrubbing: Scrubbing) {
    const main = mainRules(scrubbing)
    this.rules = byScope((scope) => rulesOf(scrubbing, scope, main))
    this.verdicts = byScope((scope) => verdictsOf(this.rules[scope]))
    this.trigrams = trigramsFor(scrubbing)
    this.telling = literalPattern(scrubbing.sensitiveFields, TELLING_WORDS.source)!
    this.isEmpty = Object.values(this.rules).every((rules) => rules.length === 0)
  }

  /** Whether a rule could hit. Quick, and mostly no. */
  mayHit(text: string, scope: Scope): boolean {
    const verdicts = this.verdicts[scope]
    if (verdicts[0] === VERDICT.suspicious) return true
    if (text.length < CHARACTERS_MIN) return false
    const verdict = verdicts[featuresOf(text, this.trigrams)]
    if (verdict === VERDICT.harmless || this.falseAlarms[scope].has(text)) return false
    if (verdict === VERDICT.suspicious || this.telling.test(text)) return true
    this.rememberFalseAlarm(text, scope)
    return false
  }

  /** What a text consists of, as far as rules ask for it. */
  features(text: string): number {
    const told = featuresOf(text, this.trigrams)
    const isWord = (told & FEATURE.word) !== 0 && this.telling.test(text)
    return isWord ? told : told & ~FEATURE.word
  }

  /** The text without what the rules hit; the same object when none does. */
  scrub(text: MarkedText, scope: Scope): MarkedText {
    const rules = this.rules[scope]
    if (rules.length === 0) return text
    const features = this.features(searchable(text))
    let current = text
    for (const rule of rules) {
      if ((rule.needs & features) !== rule.needs) continue
      const after = applyToText(rule, current, '')
      if (!isRemoval(after)) current = after
    }
    if (current === text && text.marks.length === 0) this.rememberFalseAlarm(text.value, scope)
    return current
  }

  /** The same for a text without remarks, such as a key, gone over until nothing changes. */
  scrubPlain(text: string, scope: Scope): string {
    let before = text
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const after = this.scrub({ value: before, marks: [] }, scope).value
      if (after === before) break
      before = after
    }
    return before
  }

  private rememberFalseAlarm(text: string, scope: Scope): void {
    if (text.length > ALARM_CHARACTERS_MAX) return
    const alarms = this.falseAlarms[scope]
    if (alarms.size >= ALARMS_MAX) alarms.clear()
    alarms.add(text)
  }
}

function byScope<Value>(make: (scope: Scope) => Value): Record<Scope, Value> {
  return Object.fromEntries(SCOPES.map((scope) => [scope, make(scope)])) as Record<Scope, Value>
}

/** Default rules of a scope, then ours that are not among them already. */
function rulesOf(scrubbing: Scrubbing, scope: Scope, main: readonly Rule[]): Rule[] {
  const isData = scope === 'data' || scope === 'prose'
  const defaults = isData ? main : scope === 'log' ? replaceOnlyRules(scrubbing) : []
  const ours = extraTextRules(scrubbing, scope)
  return [...defaults, ...ours.filter((rule) => !defaults.some((each) => findsTheSame(each, rule)))]
}

function findsTheSame({ match: one }: Rule, { match: other }: Rule): boolean {
  return one.kind === 'parts' && other.kind === 'parts' && one.find === other.find
}

/** What features say: no rule hits, one may if the text has a telling word, or one may. */
const VERDICT = { harmless: 0, suspicious_word: 1, suspicious: 2 } as const

function verdictsOf(rules: readonly Rule[]): Uint8Array {
  return Uint8Array.from({ length: FEATURES_END }, (_, features) => {
    const may = rules.filter(({ needs }) => (needs & features) === needs)
    if (may.length === 0) return VERDICT.harmless
    const isWordEnough = may.every(({ needs }) => (needs & FEATURE.word) !== 0)
    return isWordEnough ? VERDICT.suspicious_word : VERDICT.suspicious
  })
}

function trigramsFor({ sensitiveFields }: Scrubbing): Trigrams {
  const fields = sensitiveFields.map((field) => field.trim()).filter((field) => field.length >= 3)
  return trigramsOf([...TELLING_TRIGRAMS, ...fields], TOKEN_TRIGRAMS)
}
