import type { Exception, Frame, PicketEvent } from '#domain/event/event.ts'
import { type GroupedEvent, groupEvent } from './group-event.ts'
import type { GroupingConfig } from './grouping-config.ts'

/** Sentry's newest config, without rules of a project. */
export const SENTRY: GroupingConfig = {
  id: 'newstyle:2026-01-20',
  enhancements: '',
  fingerprinting: '',
}

/** Events for tests of grouping: only what a test names differs. */
export function makeEvent(fields: Partial<PicketEvent> = {}): PicketEvent {
  return {
    event_id: 'a'.repeat(32),
    timestamp: 1_700_000_000,
    received: 1_700_000_000,
    type: 'error',
    level: 'error',
    platform: 'python',
    ...fields,
  }
}

/** An event with one exception whose frames are named by their functions, all in-app. */
export function makeError(exception: Exception, fields: Partial<PicketEvent> = {}): PicketEvent {
  return makeEvent({ exception: { values: [exception] }, ...fields })
}

export function makeFrames(...frames: (string | Frame)[]): { frames: Frame[] } {
  return {
    frames: frames.map((frame) =>
      typeof frame === 'string' ? { function: frame, in_app: true } : frame,
    ),
  }
}

export function groupWith(event: PicketEvent, config: Partial<GroupingConfig> = {}): GroupedEvent {
  return groupEvent(event, { ...SENTRY, ...config })
}
