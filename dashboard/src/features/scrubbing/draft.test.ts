import { describe, expect, it } from 'vitest'
import { changeOf, draftOf } from './draft.ts'

const SAVED = {
  dataScrubber: true,
  dataScrubberDefaults: true,
  scrubIPAddresses: false,
  sensitiveFields: ['badge'],
  safeFields: [],
  scrubbingRules: { 'api-tokens': true },
  relayPiiConfig: null,
}

describe('a draft of scrubbing', () => {
  it('changes nothing while it is as it was saved', () => {
    expect(changeOf(draftOf(SAVED), SAVED)).toEqual({})
  })

  it('sends what was changed, lists by their lines', () => {
    const draft = {
      ...draftOf(SAVED),
      scrubIPAddresses: true,
      sensitiveFields: 'badge\n\n  locker ',
      relayPiiConfig: '{}',
      scrubbingRules: { 'api-tokens': false },
    }
    expect(changeOf(draft, SAVED)).toEqual({
      scrubIPAddresses: true,
      sensitiveFields: ['badge', 'locker'],
      relayPiiConfig: '{}',
      scrubbingRules: { 'api-tokens': false },
    })
  })
})
