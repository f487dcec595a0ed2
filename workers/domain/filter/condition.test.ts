import { describe, expect, it } from 'vitest'

import { normalizeEvent } from '../event/normalize-event.ts'
import { compileCondition } from './condition.ts'
import { Condition } from './condition-schema.ts'

const event = normalizeEvent(
  {
    release: 'shop@1.2.3-beta.2',
    environment: 'Prod',
    message: 'hello',
    tags: { Color: 'red' },
    user: { id: 7, ip_address: '10.1.2.3' },
    contexts: { device: { memory_size: 100 } },
    exception: [
      { type: 'A', value: 'x' },
      { type: 'B', value: 'y' },
    ],
    request: { headers: { 'X-Job': 'nightly' } },
  },
  { eventId: '0'.repeat(32), now: 1_600_000_000_000 },
)

function holds(condition: unknown): boolean {
  return compileCondition(Condition.parse(condition))(event)
}

const eq = (name: string, value: unknown, options?: unknown) => ({ op: 'eq', name, value, options })

describe('compileCondition', () => {
  it.each([
    [eq('event.environment', 'Prod')],
    [eq('event.environment', ['x', 'prod'], { ignoreCase: true })],
    [eq('event.dist', null)],
    [eq('event.tags.color', 'red')],
    [eq('event.request.headers.x-job', 'nightly')],
    [eq('event.message', 'hello')],
    [{ op: 'glob', name: 'event.release', value: ['shop@1.*'] }],
    [{ op: 'cidr', name: 'event.user.ip_address', value: ['10.0.0.0/8'] }],
    [{ op: 'gt', name: 'event.contexts.device.memory_size', value: 99 }],
    [{ op: 'gte', name: 'event.contexts.device.memory_size', value: 100 }],
    [{ op: 'lte', name: 'event.contexts.device.memory_size', value: 100 }],
    [{ op: 'any', name: 'event.exceptions', inner: eq('ty', 'B') }],
    [{ op: 'all', name: 'event.exceptions', inner: { op: 'glob', name: 'value', value: '?' } }],
    [{ op: 'not', inner: eq('event.environment', 'prod') }],
    [{ op: 'and', inner: [] }],
  ])('holds: %j', (condition) => {
    expect(holds(condition)).toBe(true)
  })

  it.each([
    [eq('event.environment', 'prod')],
    [eq('event.tags.shape', 'red')],
    [eq('event.__proto__', 'x')],
    [eq('event.constructor.name', 'Object')],
    [eq('release', 'shop@1.2.3-beta.2')],
    [{ op: 'lt', name: 'event.contexts.device.memory_size', value: 100 }],
    [{ op: 'gt', name: 'event.release', value: 0 }],
    [{ op: 'all', name: 'event.exceptions', inner: eq('ty', 'B') }],
    [{ op: 'any', name: 'event.release', inner: { op: 'and', inner: [] } }],
    [{ op: 'or', inner: [] }],
  ])('does not hold: %j', (condition) => {
    expect(holds(condition)).toBe(false)
  })

  it.each([
    ['>=1.2', true],
    ['>=1.2.3', false],
    ['<1.2.3', true],
    ['>1.2.3-beta.1', true],
    ['>1.2.3-beta.10', false],
    ['>1.2.3-alpha', true],
    ['1.2.3-beta.2', true],
    ['!=1.2.3', true],
    ['<=1.2', false],
    ['nonsense', false],
  ])('compares versions: %s', (value, expected) => {
    expect(holds({ op: 'semver', name: 'event.release', value })).toBe(expected)
  })

  it('refuses what no condition is', () => {
    expect(Condition.safeParse({ op: 'regex', name: 'event.release', value: 'x' }).success).toBe(
      false,
    )
    expect(Condition.safeParse({ op: 'and', inner: Array(51).fill(eq('a', 'b')) }).success).toBe(
      false,
    )
  })
})
