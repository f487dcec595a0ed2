import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { itemKindOfEvent } from '../envelope/item-kind.ts'
import { parseUserReport, type UserReport } from './parse-user-report.ts'
import { readFeedback } from './read-feedback.ts'

const ID = '5f0c1e9ab7d24c3e8f6a90b1c2d3e4f5'
const read = (fields: Record<string, unknown>): UserReport | string => {
  const raw = { event_id: ID, comments: 'It broke', ...fields }
  const report = parseUserReport(new TextEncoder().encode(JSON.stringify(raw)))
  return report.ok ? report.value : report.error
}

describe('a user report', () => {
  it('is read with the dashes of its event id taken out', () => {
    const event_id = '5F0C1E9A-B7D2-4C3E-8F6A-90B1C2D3E4F5'
    expect(read({ event_id, name: ' Ann ', email: '' })).toEqual({
      eventId: ID,
      comments: 'It broke',
      name: 'Ann',
      email: null,
    })
  })

  it('needs an event and a comment', () => {
    expect(read({ event_id: 'that one' })).toBe('invalid_user_report')
    expect(read({ event_id: undefined })).toBe('invalid_user_report')
    expect(read({ comments: ' \n ' })).toBe('invalid_user_report')
    expect(read({ comments: 7 })).toBe('invalid_user_report')
    expect(parseUserReport(Uint8Array.of(0xff))).toEqual({ ok: false, error: 'invalid_json' })
  })

  it('is bounded, in characters and not in code units', () => {
    expect(read({ comments: '🦀'.repeat(4096) })).toMatchObject({ eventId: ID })
    expect(read({ comments: '🦀'.repeat(4097) })).toBe('too_large:user_report')
    expect(read({ comments: 'x'.repeat(1_000_000) })).toBe('too_large:user_report')
    expect(read({ name: 'x'.repeat(128), email: 'x'.repeat(75) })).toMatchObject({ eventId: ID })
    expect(read({ name: 'x'.repeat(129) })).toBe('too_large:user_report')
    expect(read({ email: 'x'.repeat(76) })).toBe('too_large:user_report')
  })

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array(), (value, junk) => {
        read({ event_id: value, comments: value, name: value })
        expect(parseUserReport(junk).ok).toBe(false)
        readFeedback({ contexts: { feedback: value } })
        readFeedback({ contexts: value })
      }),
    )
  })
})

describe('feedback', () => {
  it('gotcha 32: is a kind of its own and names the event it is about', () => {
    const feedback = {
      message: 'The cart is empty',
      contact_email: 'ann@shop.example',
      associated_event_id: ID.toUpperCase(),
      replay_id: 'none',
    }
    expect(itemKindOfEvent({ type: 'feedback', contexts: { feedback } })).toBe('feedback')
    expect(readFeedback({ contexts: { feedback } })).toEqual({
      message: 'The cart is empty',
      contactEmail: 'ann@shop.example',
      name: null,
      url: null,
      source: null,
      associatedEventId: ID,
      replayId: null,
    })
  })

  it('is not what has no message', () => {
    expect(readFeedback({ contexts: { feedback: { message: ' ' } } })).toBeNull()
    expect(readFeedback({ contexts: { feedback: 'good' } })).toBeNull()
    expect(readFeedback({ message: 'The cart is empty' })).toBeNull()
  })

  it('is told from errors, transactions and reports by the type of its event', () => {
    const kinds = ['transaction', 'csp', 'expectct', 'hpkp', 'error', undefined, 'constructor'].map(
      (type) => itemKindOfEvent({ type }),
    )
    expect(kinds).toEqual([
      'transaction',
      'security',
      'security',
      'security',
      'event',
      'event',
      'event',
    ])
  })
})
