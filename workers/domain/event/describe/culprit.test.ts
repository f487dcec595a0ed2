import { describe, expect, it } from 'vitest'

import { describeEvent } from '../describe-event.ts'
import { normalizeEvent } from '../normalize-event.ts'

function describeRaw(raw: Record<string, unknown>, mainExceptionId: number | null = null) {
  const event = normalizeEvent(raw, { eventId: '0'.repeat(32), now: 1_600_000_000_000 })
  return describeEvent(event, mainExceptionId)
}

const thrown = (frames: unknown[], fields: Record<string, unknown> = {}) => ({
  platform: 'python',
  exception: [{ type: 'A', value: 'x', stacktrace: { frames } }],
  ...fields,
})
const own = { module: 'shop.cart', function: 'pay', in_app: true }
const library = { module: 'django.http', function: 'get', in_app: false }

describe('the culprit', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['is what the SDK says', thrown([own], { culprit: 'mine', transaction: '/t' }), 'mine'],
    ['is the transaction', thrown([own], { transaction: '/t' }), '/t'],
    [
      'is the newest frame of the app',
      thrown([own, { ...own, function: 'newest' }, library]),
      'shop.cart in newest',
    ],
    [
      'is the newest frame where none is the app’s',
      thrown([library, { ...library, function: 'post' }]),
      'django.http in post',
    ],
    ['is a file without a module', thrown([{ filename: 'a.py', in_app: true }]), 'a.py in ?'],
    [
      'is written as JavaScript has it',
      thrown([own], { platform: 'javascript' }),
      'pay(shop.cart)',
    ],
    [
      'is written as the frame’s platform has it',
      thrown([{ ...own, platform: 'node' }]),
      'pay(shop.cart)',
    ],
    [
      'is a symbol in native code',
      thrown([{ function: 'main', in_app: true }], { platform: 'native' }),
      'main',
    ],
    [
      'passes over frames that are nowhere',
      thrown([own, { function: 'f', in_app: true }]),
      'shop.cart in pay',
    ],
    [
      'is the URL where there is no stack',
      { exception: [{ type: 'A' }], request: { url: 'http://a.b/c' } },
      'http://a.b/c',
    ],
    ['is nothing where nothing tells', { message: 'x' }, ''],
  ])('%s', (_what, raw, expected) => {
    expect(describeRaw(raw).culprit).toBe(expected)
  })

  it('is nothing for what a crash handler made up', () => {
    const mechanism = { type: 'signal', synthetic: true }
    const exception = [{ type: 'SIGSEGV', mechanism, stacktrace: { frames: [own] } }]
    expect(describeRaw({ exception }).culprit).toBe('')
  })

  it('is of the last stack that has frames, or of the event', () => {
    const exception = [{ type: 'A', stacktrace: { frames: [own] } }, { type: 'B' }]
    expect(describeRaw({ exception }).culprit).toBe('shop.cart in pay')
    expect(describeRaw({ message: 'x', stacktrace: { frames: [library] } }).culprit).toBe(
      'django.http in get',
    )
  })

  it('is short', () => {
    expect(describeRaw({ ...thrown([{ ...own, module: 'm'.repeat(300) }]) }).culprit).toHaveLength(
      200,
    )
  })
})

describe('the name', () => {
  const named = (raw: Record<string, unknown>) => describeRaw(raw).title

  it.each<[string, Record<string, unknown>, string]>([
    ['of an error without a type', { exception: [{ value: 'broken' }] }, 'Error: broken'],
    ['of an error without words', { exception: [{ type: 'KeyError' }] }, 'KeyError'],
    [
      'of a signal',
      { exception: [{ type: 'SIGSEGV', mechanism: { type: 'x', synthetic: true } }] },
      '<unknown>',
    ],
    ['of errors that could not be read', { exception: [{}] }, '<unknown>'],
    ['of a message', { message: '\n first line\nsecond' }, 'first line'],
    ['of nothing', {}, '<unlabeled event>'],
    ['of a transaction', { type: 'transaction', transaction: '/t' }, '/t'],
    [
      'of feedback',
      { type: 'feedback', contexts: { feedback: { message: 'nice' } } },
      'User Feedback',
    ],
  ])('%s', (_what, raw, expected) => {
    expect(named(raw)).toBe(expected)
  })

  it('is that of the exception grouping points at', () => {
    const exception = [
      { type: 'Cause', value: 'x', mechanism: { type: 'chained', exception_id: 1 } },
      { type: 'Group', value: 'y', mechanism: { type: 'generic', exception_id: 0 } },
    ]
    expect(named({ exception })).toBe('Group: y')
    expect(describeRaw({ exception }, 1).title).toBe('Cause: x')
    expect(describeRaw({ exception }, 9).title).toBe('Group: y')
  })

  it('keeps a hundred characters of what was said', () => {
    expect(named({ exception: [{ type: 'A', value: 'v'.repeat(101) }] })).toBe(
      `A: ${'v'.repeat(97)}...`,
    )
  })

  it('comes with how it was caught', () => {
    const handled = (value: boolean) => ({
      exception: [{ type: 'A', mechanism: { type: 'x', handled: value } }, { type: 'B' }],
    })
    expect(describeRaw(handled(false)).isUnhandled).toBe(true)
    expect(describeRaw(handled(true)).isUnhandled).toBe(false)
  })

  it('names the crash frame, not the one that has no name', () => {
    const frames = [
      { function: 'pay', filename: 'cart.py', in_app: true },
      { function: '<redacted>', filename: 'x', in_app: true },
    ]
    expect(describeRaw(thrown(frames))).toMatchObject({
      location: 'cart.py',
      metadata: { type: 'A', value: 'x', function: 'pay', filename: 'cart.py' },
    })
  })
})
