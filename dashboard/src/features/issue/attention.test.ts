import { describe, expect, it } from 'vitest'
import type { Issue } from '#contract/issue.ts'
import { attentionOf } from './attention.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const HOURS = 24

function makeIssue(change: Partial<Issue>): Issue {
  return {
    id: '1',
    shortId: 'SHOP-1',
    title: 'Error',
    culprit: null,
    level: 'error',
    status: 'unresolved',
    type: 'error',
    metadata: {},
    count: '1',
    userCount: 0,
    firstSeen: '2026-10-01T00:00:00Z',
    lastSeen: '2026-11-24T11:59:00Z',
    project: { id: '1', slug: 'shop', name: 'Shop' },
    ...change,
  }
}

/** `before` events in each hour of the day but the last two, `recent` in those. */
function day(before: number, recent: number): Issue['stats'] {
  const counts = Array.from({ length: HOURS }, (_, i) => (i < HOURS - 2 ? before : recent))
  return { '24h': counts.map((events, i) => [i * 3600, events]) }
}

describe('attentionOf', () => {
  it('calls an issue new for a day', () => {
    const firstSeen = (iso: string) => attentionOf(makeIssue({ firstSeen: iso }), NOW).isNew
    expect(firstSeen('2026-11-23T12:00:01Z')).toBe(true)
    expect(firstSeen('2026-11-23T12:00:00Z')).toBe(false)
  })

  it('sees one that grows, and not one that was always loud', () => {
    expect(attentionOf(makeIssue({ stats: day(2, 20) }), NOW).isRising).toBe(true)
    expect(attentionOf(makeIssue({ stats: day(20, 20) }), NOW).isRising).toBe(false)
  })

  it('takes a handful of events for noise', () => {
    expect(attentionOf(makeIssue({ stats: day(0, 4) }), NOW).isRising).toBe(false)
  })

  it('is urgent when something new broke that nobody caught', () => {
    const fresh = { firstSeen: '2026-11-24T11:00:00Z', isUnhandled: true, count: '10' }
    expect(attentionOf(makeIssue(fresh), NOW).isUrgent).toBe(true)
    expect(attentionOf(makeIssue({ ...fresh, isUnhandled: false }), NOW).isUrgent).toBe(false)
    expect(attentionOf(makeIssue({ ...fresh, status: 'resolved' }), NOW).isUrgent).toBe(false)
    expect(attentionOf(makeIssue({ ...fresh, count: '9' }), NOW).isUrgent).toBe(false)
    expect(attentionOf(makeIssue({ ...fresh, count: '2', userCount: 2 }), NOW).isUrgent).toBe(true)
  })
})
