import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { DATA_CATEGORIES } from '../data-category.ts'
import { type ActiveLimit, findActiveLimit, formatActiveLimits } from './active-limit.ts'
import { parseRateLimits } from './parse-rate-limits.ts'

const NOW = 1_772_359_200_000
const limit = (fields: Partial<ActiveLimit> = {}): ActiveLimit => ({
  categories: ['default', 'error', 'security'],
  scope: 'key',
  reason: 'key_quota',
  untilAt: NOW + 42_000,
  ...fields,
})
const header = (...limits: ActiveLimit[]): string | undefined =>
  formatActiveLimits(limits, NOW)?.rateLimits

describe('the rate limit headers', () => {
  it('tell each limit, and the longest as Retry-After', () => {
    const all = limit({
      categories: [],
      scope: 'organization',
      reason: 'usage_exceeded',
      untilAt: NOW + 60_000,
    })
    expect(formatActiveLimits([limit(), all], NOW)).toEqual({
      rateLimits: '42:default;error;security:key:key_quota, 60::organization:usage_exceeded',
      retryAfterSeconds: 60,
    })
  })

  it('gotcha 9: always name what is limited, for a bare Retry-After blocks everything', () => {
    expect(formatActiveLimits([limit({ untilAt: NOW })], NOW)).toBeNull()
    expect(formatActiveLimits([limit()], NOW)?.rateLimits).toContain('error')
  })

  it('call trace metrics by both names SDKs know', () => {
    expect(header(limit({ categories: ['trace_metric', 'span'] }))).toBe(
      '42:trace_metric;metric;span:key:key_quota',
    )
  })

  it('name namespaces with metric buckets only', () => {
    const namespaces = ['custom', 'spans']
    expect(header(limit({ categories: ['metric_bucket'], namespaces }))).toBe(
      '42:metric_bucket:key:key_quota:custom;spans',
    )
    expect(header(limit({ categories: ['error'], namespaces }))).toBe('42:error:key:key_quota')
    const nameless = limit({ categories: ['metric_bucket'], namespaces, reason: '' })
    expect(header(nameless)).toBe('42:metric_bucket:key::custom;spans')
  })

  it('round up to whole seconds, and say a limit once however many items it stopped', () => {
    expect(header(limit({ untilAt: NOW + 41_001 }), limit(), limit({ untilAt: NOW + 1 }))).toBe(
      '42:default;error;security:key:key_quota',
    )
  })

  it('cannot be torn by what stands in a reason', () => {
    expect(header(limit({ reason: 'a:b, 9::key:x' }))).toBe(
      '42:default;error;security:key:a_b__9__key_x',
    )
  })

  it('are read back as they were meant', () => {
    const limits = fc.array(
      fc.record({
        categories: fc.uniqueArray(fc.constantFrom(...DATA_CATEGORIES)),
        scope: fc.constantFrom('organization' as const, 'project' as const, 'key' as const),
        reason: fc.constantFrom('key_quota', 'usage_exceeded', 'smart_rate_limit'),
        untilAt: fc.integer({ min: NOW + 1, max: NOW + 10 ** 9 }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    fc.assert(
      fc.property(limits, (active) => {
        const formatted = formatActiveLimits(active, NOW)
        const lines = parseRateLimits(formatted?.rateLimits ?? '')
        expect(Math.max(...lines.map(({ seconds }) => seconds))).toBe(formatted?.retryAfterSeconds)
        for (const { categories, scope, reason } of active) {
          const same = lines.filter((line) => line.scope === scope && line.reason === reason)
          const told = same.some((line) =>
            categories.length === 0
              ? line.categories.length === 0
              : categories.every((name) => line.categories.includes(name)),
          )
          expect(told).toBe(true)
        }
      }),
    )
  })

  it('are read with decimals, and never throw', () => {
    expect(parseRateLimits('2.5:error:project, junk, 3:span:key:why:custom')).toEqual([
      { seconds: 2.5, categories: ['error'], scope: 'project', reason: null, namespaces: [] },
      { seconds: 3, categories: ['span'], scope: 'key', reason: 'why', namespaces: ['custom'] },
    ])
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseRateLimits(text))))
  })
})

describe('a remembered limit', () => {
  it('stops its categories until it lapses, or all when it names none', () => {
    expect(findActiveLimit([limit()], 'error', NOW)).toBeDefined()
    expect(findActiveLimit([limit()], 'session', NOW)).toBeUndefined()
    expect(findActiveLimit([limit({ categories: [] })], 'session', NOW)).toBeDefined()
    expect(findActiveLimit([limit()], 'error', NOW + 42_000)).toBeUndefined()
  })
})
