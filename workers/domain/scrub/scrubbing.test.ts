import { describe, expect, it } from 'vitest'

import { scrubbed } from './make-event.ts'
import type { PiiConfig } from './pii-config.ts'
import {
  DEFAULT_SCRUBBING,
  joinScrubbing,
  NOTHING_REQUIRED,
  type Scrubbing,
  ScrubbingOptions,
} from './scrubbing.ts'

describe('joinScrubbing', () => {
  const config = (type: string): PiiConfig => ({
    rules: { mine: { type, redaction: { method: 'mask' } } },
    vars: {},
    applications: { $string: ['mine'] },
  })

  it('adds what the organization asks for, its rules first, each under its prefix', () => {
    const organization: Scrubbing = {
      ...NOTHING_REQUIRED,
      scrubIpAddresses: true,
      sensitiveFields: ['zz'],
      advanced: { organization: config('ip'), project: null },
    }
    const project: Scrubbing = {
      ...DEFAULT_SCRUBBING,
      safeFields: ['b'],
      rulesOff: ['api-tokens'],
      advanced: { organization: null, project: config('email') },
    }
    const joined = joinScrubbing(organization, project)
    expect(joined).toMatchObject({
      enabled: true,
      defaultRules: true,
      scrubIpAddresses: true,
      sensitiveFields: ['zz'],
      safeFields: ['b'],
      rulesOff: ['api-tokens'],
    })
    expect(scrubbed('10.0.0.1 a@b.com', joined)[1]).toEqual([
      ['organization:mine', 'm', 0, 8],
      ['project:mine', 'm', 9, 16],
    ])
  })

  it('lets nobody switch off what the organization requires', () => {
    const off: Scrubbing = {
      ...DEFAULT_SCRUBBING,
      enabled: false,
      rulesOff: ['api-tokens', 'ssns'],
    }
    const joined = joinScrubbing({ ...DEFAULT_SCRUBBING, rulesOff: ['ssns'] }, off)
    expect([joined.enabled, joined.rulesOff]).toEqual([true, ['ssns']])
    expect(joinScrubbing(NOTHING_REQUIRED, off).rulesOff).toEqual(['api-tokens', 'ssns'])
  })
})

describe('ScrubbingOptions', () => {
  it('fills what is absent with defaults, and refuses what has another shape', () => {
    expect(ScrubbingOptions.parse({ scrubIpAddresses: true })).toEqual({
      ...DEFAULT_SCRUBBING,
      scrubIpAddresses: true,
    })
    expect(ScrubbingOptions.safeParse({ rulesOff: 'api-tokens' }).success).toBe(false)
  })
})
