import { describe, expect, it } from 'vitest'

import { hasRoundedIds, parseExactly } from './exact-ids.ts'
import { normalizeEvent } from './normalize-event.ts'

const SNOWFLAKE = '80351110224678912'

describe('ids beyond 2^53', () => {
  it.each([
    `{"user":{"id":${SNOWFLAKE}}}`,
    `{"sentry.interfaces.User":{"username":${SNOWFLAKE}}}`,
    `{"tags":{"a":${SNOWFLAKE}}}`,
    `{"tags":[["a",${SNOWFLAKE}]]}`,
    `{"fingerprint":["a",-${SNOWFLAKE}]}`,
    `{"release":${SNOWFLAKE}}`,
  ])('are noticed in %s', (text) => {
    expect(hasRoundedIds(JSON.parse(text) as Record<string, unknown>)).toBe(true)
  })

  it.each([
    '{}',
    '{"user":{"id":9007199254740991},"tags":{"a":1.5,"b":"80351110224678912"}}',
    `{"extra":{"a":${SNOWFLAKE}}}`,
    '{"user":7,"tags":7,"fingerprint":{"a":1}}',
    '{"user":{"id":0.1}}',
  ])('are not seen where there are none: %s', (text) => {
    expect(hasRoundedIds(JSON.parse(text) as Record<string, unknown>)).toBe(false)
  })

  it('keep every digit when they are parsed exactly', () => {
    const raw = parseExactly(
      `{"user":{"id":${SNOWFLAKE}},"extra":{"a":1.5,"b":[${SNOWFLAKE}],"c":1e300}}`,
    )
    expect(raw).toEqual({ user: { id: SNOWFLAKE }, extra: { a: 1.5, b: [SNOWFLAKE], c: 1e300 } })
    const event = normalizeEvent(raw as Record<string, unknown>, {
      eventId: '0'.repeat(32),
      now: 0,
    })
    expect(event.user?.id).toBe(SNOWFLAKE)
  })
})
