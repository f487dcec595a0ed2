import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { PicketEvent } from '#domain/event/event.ts'
import { explainGrouping } from './explain/explain-grouping.ts'
import { groupEvent } from './group-event.ts'
import { GROUPING_CONFIG_IDS, type GroupingConfig } from './grouping-config.ts'

const CONFIGS: GroupingConfig[] = GROUPING_CONFIG_IDS.map((id) => ({
  id,
  enhancements:
    'function:f* ^-group\n[ app:yes ] | module:m category=x -app max-frames=3 min-frames=1',
  fingerprinting:
    'type:T* function:f -> {{ default }} {{ message }} {{ tags.a }} title="{{ path }}"',
}))

const NAMES = [
  'values',
  'frames',
  'stacktrace',
  'mechanism',
  'meta',
  'ns_error',
  'data',
  'type',
  'value',
  'function',
  'raw_function',
  'module',
  'filename',
  'abs_path',
  'package',
  'context_line',
  'in_app',
  'lineno',
  'platform',
  'exception_id',
  'parent_id',
  'is_exception_group',
  'synthetic',
  'crashed',
  'current',
  'formatted',
  'message',
  'effective_directive',
  'blocked_uri',
  'hostname',
  'domain',
  'code',
  'category',
  'orig_in_app',
  '__proto__',
  'constructor',
]
/** All but what grouping asks other rooms about. */
const PARTS = [
  'exception',
  'threads',
  'stacktrace',
  'logentry',
  'csp',
  'hpkp',
  'expectct',
  'template',
  'fingerprint',
  'checksum',
  'platform',
  'sdk',
  'transaction',
  'request',
]
const WORDS = [
  'T',
  'f',
  'm',
  'java',
  'native',
  'javascript',
  'python',
  'http://a/b.js',
  '{{ default }}',
  '{{ path }}',
  '',
]

const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>(null, true, false, 0, 1, -1, ...WORDS),
    fc.string(),
    fc.array(tie('anything'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('anything'), { maxKeys: 8 }),
  ),
}))
const anyEvent = fc
  .dictionary(fc.constantFrom(...PARTS), anything, { maxKeys: 8 })
  .map((parts) => parts as unknown as PicketEvent)

const text = fc.constantFrom(...WORDS, 'app/views.py', 'order 12', '<T>::f(int)')
const frame = fc.record(
  {
    function: text,
    module: text,
    filename: text,
    abs_path: text,
    context_line: text,
    in_app: fc.option(fc.boolean()),
    platform: fc.constantFrom('python', 'java', 'javascript', 'native'),
    lineno: fc.nat(3),
  },
  { requiredKeys: [] },
)
const stacktrace = fc.record({ frames: fc.array(fc.option(frame), { maxLength: 6 }) })
const exception = fc.record(
  {
    type: text,
    value: text,
    stacktrace,
    mechanism: fc.record({
      exception_id: fc.nat(3),
      parent_id: fc.option(fc.nat(3)),
      is_exception_group: fc.boolean(),
    }),
  },
  { requiredKeys: [] },
)
const likelyEvent = fc
  .record(
    {
      exception: fc.record({ values: fc.array(fc.option(exception), { maxLength: 4 }) }),
      threads: fc.record({
        values: fc.array(fc.record({ stacktrace, current: fc.boolean() }), { maxLength: 2 }),
      }),
      stacktrace,
      logentry: fc.record({ formatted: text }),
      fingerprint: fc.array(text, { maxLength: 3 }),
      platform: fc.constantFrom('python', 'java', 'javascript', 'native', 'other'),
    },
    { requiredKeys: [] },
  )
  .map((parts) => parts as unknown as PicketEvent)

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).reverse()
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]))
}

/** The same event at another time, with other things around it. */
function elsewhere(event: PicketEvent): PicketEvent {
  const changed = JSON.parse(JSON.stringify(event), (_, value) =>
    Array.isArray(value?.frames)
      ? { ...value, registers: { rip: '0x1' }, frames: value.frames.map(decorated) }
      : value,
  ) as PicketEvent
  return {
    ...changed,
    event_id: 'b'.repeat(32),
    timestamp: 2,
    breadcrumbs: { values: [{ message: 'x' }] },
    extra: { a: 1 },
    user: { id: '7' },
    server_name: 'web-2',
  }
}

function decorated(frame: object | null) {
  const more = { vars: { x: 1 }, pre_context: ['a'], post_context: ['b'], instruction_addr: '0x2' }
  return frame && { ...frame, ...more }
}

const hashes = (event: PicketEvent) => CONFIGS.map((config) => groupEvent(event, config).hashes)

describe('grouping', () => {
  it('never throws and always finds a hash, whatever the event holds', () => {
    fc.assert(
      fc.property(fc.oneof(anyEvent, likelyEvent), (event) => {
        const before = JSON.stringify(event)
        for (const config of CONFIGS) {
          const info = explainGrouping(event, config)
          const grouped = groupEvent(event, config)
          expect(grouped.hashes.length).toBeGreaterThan(0)
          for (const hash of grouped.hashes) expect(hash).toMatch(/^[0-9a-f]{32}$/)
          expect(Object.keys(info.variants)).toHaveLength(grouped.variants.length)
        }
        expect(JSON.stringify(event)).toBe(before)
      }),
      { numRuns: 400 },
    )
  })

  it('groups equal events equally, in whatever order their keys come', () => {
    fc.assert(
      fc.property(likelyEvent, (event) => {
        expect(hashes(reversed(event) as PicketEvent)).toEqual(hashes(event))
      }),
      { numRuns: 200 },
    )
  })

  it('does not look at what is different each time', () => {
    fc.assert(
      fc.property(likelyEvent, (event) => {
        expect(hashes(elsewhere(event))).toEqual(hashes(event))
      }),
      { numRuns: 200 },
    )
  })

  it('takes linear time in frames and in text', () => {
    const frames = Array.from({ length: 20_000 }, (_, index) => ({
      function: `f${index}`,
      in_app: true,
    }))
    const event = {
      platform: 'native',
      exception: { values: [{ type: 'A', value: 'x'.repeat(1_000_000), stacktrace: { frames } }] },
    } as unknown as PicketEvent
    const startedAt = performance.now()
    hashes(event)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})
