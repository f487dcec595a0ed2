import type { PicketEvent, Stacktrace, Values } from '../event/event.ts'
import type { Overlay, StacktraceOverlay } from './symbolicate-event.ts'

/**
 * The event as people read it: the overlay's frames in place of its own, its errors after them.
 * The frames of an exception or thread stay readable as its `raw_stacktrace`, unless the SDK sent
 * one. Neither argument is changed; places the event does not have are passed over.
 */
export function applyOverlay(event: PicketEvent, overlay: Overlay | null): PicketEvent {
  if (!overlay) return event
  const laid = overlay.stacktraces.reduce(layStacktrace, event)
  if (overlay.errors.length === 0) return laid
  return { ...laid, errors: [...(laid.errors ?? []), ...overlay.errors] }
}

function layStacktrace(event: PicketEvent, overlay: StacktraceOverlay): PicketEvent {
  const { place } = overlay
  switch (place.in) {
    case 'exception':
      return { ...event, exception: layOnValue(event.exception, place.index, overlay) }
    case 'thread':
      return { ...event, threads: layOnValue(event.threads, place.index, overlay) }
    case 'event':
      return event.stacktrace
        ? { ...event, stacktrace: { ...event.stacktrace, frames: overlay.frames } }
        : event
  }
}

interface Traced {
  stacktrace?: Stacktrace | null
  raw_stacktrace?: Stacktrace | null
}

function layOnValue<Value extends Traced>(
  list: Values<Value> | null | undefined,
  index: number,
  overlay: StacktraceOverlay,
): Values<Value> | null | undefined {
  const value = list?.values?.[index]
  if (!list?.values || !value?.stacktrace) return list
  const laid = {
    ...value,
    stacktrace: { ...value.stacktrace, frames: overlay.frames },
    raw_stacktrace: value.raw_stacktrace ?? value.stacktrace,
  }
  return { ...list, values: list.values.with(index, laid) }
}
