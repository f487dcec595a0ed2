import type { EventError, Frame, PicketEvent } from '../event/event.ts'

/**
 * What processing learned about an event after it was admitted. The event itself is never
 * rewritten: the overlay is stored beside it and laid on when it is read (`applyOverlay`).
 */
export interface Overlay {
  stacktraces: StacktraceOverlay[]
  /** What could not be symbolicated, as the issue page tells it. */
  errors: EventError[]
}

/** The frames of one stack trace, mapped back to the code that was written. */
export interface StacktraceOverlay {
  place: StacktracePlace
  /** Takes the place of all frames of the trace; inlined calls make it longer than the original. */
  frames: (Frame | null)[]
}

/** Where a stack trace stands in an event; `index` counts `values`. */
export type StacktracePlace =
  | { in: 'exception'; index: number }
  | { in: 'thread'; index: number }
  | { in: 'event' }

/** Learns what can be learned about an event's frames; null when that is nothing. */
export async function symbolicateEvent(_event: PicketEvent): Promise<Overlay | null> {
  return null
}
