import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HARMLESS_SENTENCES, HARMLESS_TEXTS } from '../../../tests/fixture/harmless-texts.ts'
import { PLANTED_SECRETS } from '../../../tests/fixture/planted-secrets.ts'
import { mainRules, replaceOnlyRules } from './default-rules.ts'
import { extraTextRules } from './extra-rules.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'
import { SCOPES } from './shape.ts'
import { TextRules } from './text-rules.ts'

const strict: Scrubbing = {
  ...DEFAULT_SCRUBBING,
  scrubIpAddresses: true,
  sensitiveFields: ['kunde', 'é!'],
}
const unchecked: Scrubbing = { ...DEFAULT_SCRUBBING, rulesOff: ['number-checks', 'harmless-words'] }

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
const PIECES = [
  ...PLANTED_SECRETS.flatMap(({ payload }) => textsIn(payload)),
  ...[...HARMLESS_TEXTS, ...HARMLESS_SENTENCES].map(({ text }) => text),
  ...['PASSWORD=x', 'Pwd: 1', 'é! 5', 'KUNDE', 'bob@example.com', '10.0.0.1', '::1', 'OTP', 'otp'],
]
const text = fc.oneof(
  fc.constantFrom(...PIECES),
  fc.string(),
  fc
    .tuple(fc.constantFrom(...PIECES), fc.string(), fc.constantFrom(...PIECES))
    .map((parts) => parts.join('')),
)

describe.each([
  ['by default', DEFAULT_SCRUBBING],
  ['with addresses and sensitive fields', strict],
  ['without checks', unchecked],
])('TextRules %s', (_, scrubbing) => {
  const rules = new TextRules(scrubbing)
  const all = [...mainRules(scrubbing), ...replaceOnlyRules(scrubbing)].concat(
    SCOPES.flatMap((scope) => extraTextRules(scrubbing, scope)),
  )

  it('never overlook a text because of the features it seems to lack', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...all), (given, rule) => {
        const { match } = rule
        const isHit =
          match.kind === 'parts'
            ? match.find(given).length > 0
            : match.kind === 'pair' && match.isText(given)
        if (isHit)
          expect([given, rule.id, rules.features(given) & rule.needs]).toEqual([
            given,
            rule.id,
            rule.needs,
          ])
      }),
      { numRuns: 5000 },
    )
  })

  it('change only texts that may be hit', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...SCOPES), (given, scope) => {
        const mayHit = rules.mayHit(given, scope)
        const isChanged = rules.scrub({ value: given, marks: [] }, scope).value !== given
        if (isChanged) expect([given, scope, mayHit]).toEqual([given, scope, true])
      }),
      { numRuns: 3000 },
    )
  })

  it('find again what came before and was harmless or not', () => {
    for (const given of PIECES) {
      const once = rules.scrub({ value: given, marks: [] }, 'open').value
      expect(rules.mayHit(given, 'open')).toBe(once !== given)
      expect(rules.scrub({ value: given, marks: [] }, 'open').value).toBe(once)
    }
  })
})
