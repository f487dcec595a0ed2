import { describe, expect, it } from 'vitest'

import type { PiiConfig } from './pii-config.ts'
import { scrubData, scrubElement } from './scrub-data.ts'
import { scrubName, scrubText } from './scrub-text.ts'
import { DEFAULT_SCRUBBING, NOTHING_REQUIRED, type Scrubbing } from './scrubbing.ts'

const string = (value: string) => ({ type: 'string', value })
const withRules = (applications: PiiConfig['applications']): Scrubbing => ({
  ...DEFAULT_SCRUBBING,
  advanced: { organization: null, project: { rules: {}, vars: {}, applications } },
})

describe('a log, metric or span', () => {
  it('loses the value of a telling attribute, and nothing else of it', () => {
    const log = {
      timestamp: 1_700_000_000.5,
      trace_id: '41111111111111111111111111111111',
      span_id: '4111111111111111',
      level: 'info',
      body: 'token=hunter22xy for bob',
      attributes: {
        password: string('hunter22xy'),
        'user.name': string('bob'),
        attempts: { type: 'integer', value: 3 },
        'http.request.header.cookie': string('theme=dark'),
      },
    }
    expect(scrubElement('log', log, DEFAULT_SCRUBBING)).toEqual({
      ...log,
      body: 'token=[Filtered] for bob',
      attributes: {
        ...log.attributes,
        password: string('[Filtered]'),
        'http.request.header.cookie': string('[Filtered]'),
      },
    })
  })

  it('is scrubbed by statements in parts, never whole', () => {
    const span = {
      name: 'SELECT',
      attributes: { 'db.query.text': string("UPDATE u SET password='hunter22xy', name='bob'") },
      links: [{ trace_id: 'a'.repeat(32), attributes: { secret: string('x1y2z3') } }],
    }
    expect(scrubElement('span', span, DEFAULT_SCRUBBING)).toEqual({
      ...span,
      attributes: { 'db.query.text': string("UPDATE u SET password='[Filtered]', name='bob'") },
      links: [{ trace_id: 'a'.repeat(32), attributes: { secret: string('[Filtered]') } }],
    })
  })

  it('obeys advanced rules by its kind, its fields and its attributes', () => {
    const log = { body: 'badge 7', attributes: { badge: string('7') }, level: 'info' }
    const body = (selector: string) =>
      scrubElement('log', log, withRules({ [selector]: ['@anything:replace'] }))
    expect(body('$log.body')).toEqual({ ...log, body: '[Filtered]' })
    expect(body('attributes.badge.value')).toEqual({
      ...log,
      attributes: { badge: string('[Filtered]') },
    })
    expect(body('level')).toEqual(log)
    expect(body('$span.body')).toEqual(log)
  })

  it('loses the visitor’s address where addresses are scrubbed', () => {
    const log = { body: 'x', attributes: { 'client.address': string('203.0.113.9') } }
    expect(scrubElement('log', log, DEFAULT_SCRUBBING)).toBe(log)
    const scrubbed = scrubElement('log', log, { ...DEFAULT_SCRUBBING, scrubIpAddresses: true })
    expect(scrubbed).toMatchObject({ attributes: { 'client.address': { value: null } } })
  })

  it('is left alone where nothing is scrubbed', () => {
    const log = { body: 'password=hunter22xy' }
    expect(scrubElement('log', log, NOTHING_REQUIRED)).toBe(log)
    expect(scrubData(log, NOTHING_REQUIRED)).toBe(log)
  })
})

describe('a name', () => {
  it('keeps what it is, without the token in it', () => {
    expect(scrubName('shop@1.2.3+4567', DEFAULT_SCRUBBING)).toBe('shop@1.2.3+4567')
    expect(scrubName('dump?token=hunter22xy', DEFAULT_SCRUBBING)).toBe('dump?token=[Filtered]')
    expect(scrubName(null, DEFAULT_SCRUBBING)).toBeNull()
  })
})

describe('what somebody wrote', () => {
  it('keeps addresses though they are scrubbed elsewhere', () => {
    const scrubbing = { ...DEFAULT_SCRUBBING, scrubIpAddresses: true }
    const words = 'mail bob@example.org, password=hunter22xy'
    expect(scrubText(words, scrubbing, 'open')).toBe('mail bob@example.org, password=[Filtered]')
    expect(scrubText(words, scrubbing)).toBe('mail [email], password=[Filtered]')
  })
})
