import { describe, expect, it } from 'vitest'
import { explainLoss, nameOutcome } from './loss-text.ts'

describe('explainLoss', () => {
  it('knows our own reasons, Sentry’s and those of the SDKs', () => {
    expect(explainLoss('invalid', 'duplicate')).toBe('An event with the same id is already here.')
    expect(explainLoss('filtered', 'web-crawlers')).toBe('Caused by a web crawler.')
    expect(explainLoss('client_discard', 'before_send')).toBe('The app’s own beforeSend said no.')
  })

  it('explains a size limit of whatever kind', () => {
    expect(explainLoss('invalid', 'too_large:attachment:minidump')).toBe('Larger than the limit.')
  })

  it('explains a quota of whatever category, and what a cap left out', () => {
    expect(explainLoss('rate_limited', 'error_usage_exceeded')).toMatch(/used up/)
    expect(explainLoss('rate_limited', 'sampled_usage_exceeded')).toMatch(/sampling/)
  })

  it('falls back to what the outcome itself means', () => {
    expect(explainLoss('rate_limited', 'quota_of_march')).toMatch(/limit/)
  })

  it.each(['constructor', '__proto__', 'toString', 'never heard of'])(
    'finds nothing for a reason called %s',
    (reason) => {
      expect(explainLoss('invalid', reason)).toBeUndefined()
      expect(explainLoss(reason, null)).toBeUndefined()
    },
  )
})

it('names an outcome it does not know by its own name', () => {
  expect(nameOutcome('client_discard')).toBe('Dropped by the SDK')
  expect(nameOutcome('eaten_by_dog')).toBe('eaten by dog')
})
