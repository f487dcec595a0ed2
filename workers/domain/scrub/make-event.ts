import type { PicketEvent } from '../event/event.ts'
import { scrubEvent } from './scrub-event.ts'
import type { Scrubbing } from './scrubbing.ts'

/** Events for tests of scrubbing: only what a test names differs. */
export function makeEvent(fields: Partial<PicketEvent>): PicketEvent {
  return {
    event_id: 'a'.repeat(32),
    timestamp: 1,
    received: 1,
    type: 'error',
    level: 'error',
    platform: 'other',
    ...fields,
  }
}

/** What stands at a dotted path; undefined where the path ends early. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
      value,
    )
}

/** What becomes of `extra.v`, and its remarks. */
export function scrubbed(value: unknown, scrubbing: Scrubbing): [value: unknown, remarks: unknown] {
  const event = scrubEvent(makeEvent({ extra: { v: value as string } }), scrubbing)
  const notes = event._meta as { extra?: { v?: { '': { rem?: unknown } } } } | undefined
  return [event.extra?.v, notes?.extra?.v?.[''].rem]
}
