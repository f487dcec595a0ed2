import { describe, expect, it } from 'vitest'

import { normalizeEvent } from '../normalize-event.ts'

function normalize(raw: Record<string, unknown>) {
  return normalizeEvent(raw, { eventId: '0'.repeat(32), now: 1_600_000_000_000 }) as Record<
    string,
    unknown
  >
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null)?.[key], value)
}

/** An event with this at this place; numbers in the path make lists. */
function eventWith(path: string, value: unknown): Record<string, unknown> {
  const parts = path.split('.')
  const made = parts.reduceRight<unknown>(
    (inner, key) => (key === '0' ? [inner] : { [key]: inner }),
    value,
  )
  return made as Record<string, unknown>
}

/** spec/event-processing.md §2.1, each with its allowance. */
const TEXTS: [path: string, max: number, allowance: number][] = [
  ['transaction', 200, 0],
  ['culprit', 200, 0],
  ['logger', 64, 0],
  ['checksum', 128, 0],
  ['user.id', 128, 0],
  ['user.username', 128, 0],
  ['user.name', 128, 0],
  ['user.email', 75, 0],
  ['user.geo.city', 1024, 100],
  ['sdk.name', 256, 20],
  ['request.url', 256, 40],
  ['request.fragment', 1024, 100],
  ['logentry.formatted', 8192, 200],
  ['exception.values.0.type', 256, 20],
  ['exception.values.0.value', 8192, 200],
  ['breadcrumbs.values.0.message', 8192, 200],
  ['breadcrumbs.values.0.category', 128, 0],
  ['stacktrace.frames.0.function', 256, 20],
  ['stacktrace.frames.0.abs_path', 256, 40],
  ['threads.values.0.name', 1024, 100],
  ['template.filename', 128, 20],
  ['contexts.trace.op', 128, 0],
  ['contexts.flags.values.0.result', 200, 0],
]

describe('limits of text', () => {
  it.each(TEXTS)('%s: %d, and %d more in one piece', (path, max, allowance) => {
    const fits = 'x'.repeat(max + allowance)
    expect(at(normalize(eventWith(path, fits)), path)).toBe(fits)
    const cut = normalize(eventWith(path, `${fits}x`))
    expect(at(cut, path)).toBe(`${'x'.repeat(max - 3)}...`)
    expect(at(cut, `_meta.${path}.`)).toEqual({
      rem: [['!limit', 's', max - 3, max]],
      len: max + allowance + 1,
    })
  })
})

const BAGS: [path: string, size: number][] = [
  ['modules', 8192],
  ['contexts.biz', 8192],
  ['request.data', 8192],
  ['request.env', 8192],
  ['request.cookies', 2048],
  ['request.query_string', 1024],
  ['breadcrumbs.values.0.data', 2048],
  ['exception.values.0.mechanism.data', 2048],
  ['stacktrace.frames.0.vars', 2048],
  ['logentry.params', 2048],
  ['extra.key', 16_384],
]

describe('limits of bags', () => {
  it.each(BAGS)('%s: %d characters of JSON', (path, size) => {
    const bag = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `k${String(index).padStart(2, '0')}`,
        'x'.repeat(size / 20),
      ]),
    )
    const mechanism = path.includes('mechanism') ? { type: 'x', data: bag } : null
    const raw = mechanism ? { exception: [{ type: 'A', mechanism }] } : eventWith(path, bag)
    if (path === 'logentry.params') raw['logentry'] = { formatted: 'a', params: bag }
    const kept = JSON.stringify(at(normalize(raw), path)).length
    // Keys are free, and pairs cost a little more than values.
    expect(kept).toBeGreaterThan(size * 0.8)
    expect(kept).toBeLessThan(size * 1.15)
  })

  it('allow feature flags more than other contexts', () => {
    const values = Array.from({ length: 1000 }, (_, index) => ({
      flag: `flag-${index}`,
      result: true,
    }))
    const event = normalize({ contexts: { flags: { values }, other: { values } } })
    expect(at(event, 'contexts.flags.values.length')).toBe(1000)
    expect(at(event, 'contexts.other.values.length')).toBeLessThan(1000)
  })
})

describe('frames', () => {
  it('lose their bulk from the middle of the app’s own when there are many of those', () => {
    const frames = Array.from({ length: 100 }, (_, index) => ({
      in_app: index % 4 !== 0,
      vars: { a: 1 },
    }))
    const kept = at(normalize({ stacktrace: { frames } }), 'stacktrace.frames') as {
      vars?: unknown
    }[]
    const whole = kept.flatMap(({ vars }, index) => (vars ? [index] : []))
    expect(whole).toHaveLength(50)
    expect(whole.every((index) => index % 4 !== 0)).toBe(true)
    expect([whole[0], whole.at(-1)]).toEqual([1, 99])
  })

  it('take their notes along when the oldest are dropped', () => {
    const frames = Array.from({ length: 260 }, () => ({ function: 'f' }))
    const _meta = { stacktrace: { frames: { 3: { '': { len: 1 } }, 12: { '': { len: 2 } } } } }
    expect(at(normalize({ stacktrace: { frames }, _meta }), '_meta.stacktrace.frames')).toEqual({
      '': { len: 260 },
      2: { '': { len: 2 } },
    })
  })
})
