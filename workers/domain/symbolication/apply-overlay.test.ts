import { describe, expect, it } from 'vitest'

import type { PicketEvent } from '../event/event.ts'
import { applyOverlay } from './apply-overlay.ts'
import { type Overlay, symbolicateEvent } from './symbolicate-event.ts'

const minified = { frames: [{ function: 'a', lineno: 1 }] }
const mapped = [{ function: 'checkout', lineno: 42 }, { function: 'inlined' }]

const event: PicketEvent = {
  event_id: '0'.repeat(32),
  timestamp: 0,
  received: 0,
  type: 'error',
  level: 'error',
  platform: 'javascript',
  exception: { values: [{ type: 'A', stacktrace: minified }, null, { type: 'B' }] },
  threads: { values: [{ id: 1, stacktrace: minified }] },
  stacktrace: { ...minified, registers: { x0: '0x1' } },
  errors: [{ type: 'invalid_data' }],
}

function overlay(place: Overlay['stacktraces'][number]['place']): Overlay {
  return { stacktraces: [{ place, frames: mapped }], errors: [] }
}

describe('applyOverlay', () => {
  it('is the event itself where nothing was learned', async () => {
    expect(applyOverlay(event, await symbolicateEvent(event))).toBe(event)
    expect(applyOverlay(event, null)).toBe(event)
  })

  it('lays frames on an exception, and keeps those it was sent with', () => {
    const read = applyOverlay(event, overlay({ in: 'exception', index: 0 }))
    expect(read.exception?.values?.[0]).toEqual({
      type: 'A',
      stacktrace: { frames: mapped },
      raw_stacktrace: minified,
    })
    expect(read.exception?.values?.slice(1)).toEqual([null, { type: 'B' }])
    expect(read.threads).toBe(event.threads)
  })

  it('keeps the raw stack of an SDK that sent one', () => {
    const raw = { frames: [{ function: 'raw' }] }
    const values = [{ type: 'A', stacktrace: minified, raw_stacktrace: raw }]
    const read = applyOverlay(
      { ...event, exception: { values } },
      overlay({ in: 'exception', index: 0 }),
    )
    expect(read.exception?.values?.[0]?.raw_stacktrace).toBe(raw)
  })

  it('lays frames on threads and on the event', () => {
    const ofThread = applyOverlay(event, overlay({ in: 'thread', index: 0 }))
    expect(ofThread.threads?.values?.[0]?.stacktrace?.frames).toBe(mapped)
    const ofEvent = applyOverlay(event, overlay({ in: 'event' }))
    expect(ofEvent.stacktrace).toEqual({ frames: mapped, registers: { x0: '0x1' } })
  })

  it.each([
    { in: 'exception', index: 1 },
    { in: 'exception', index: 2 },
    { in: 'exception', index: 9 },
    { in: 'thread', index: 9 },
  ] as const)('passes over a place that is not there: %j', (place) => {
    expect(applyOverlay(event, overlay(place))).toEqual(event)
  })

  it('adds errors after those of the event', () => {
    const errors = [{ type: 'js_no_source', url: 'a.js' }]
    expect(applyOverlay(event, { stacktraces: [], errors }).errors).toEqual([
      { type: 'invalid_data' },
      { type: 'js_no_source', url: 'a.js' },
    ])
  })

  it('leaves the stored event as it is', () => {
    const before = structuredClone(event)
    applyOverlay(event, { ...overlay({ in: 'exception', index: 0 }), errors: [{ type: 'x' }] })
    expect(event).toEqual(before)
  })
})
