import type { Frame, PicketEvent, Stacktrace } from './event.ts'

/** The exception that was caught last: what the event is about. Null entries are stepped over. */
export function lastException(event: PicketEvent) {
  return event.exception?.values?.findLast((exception) => exception !== null) ?? null
}

/** The frames of a stack trace, without those that could not be read. */
export function framesOf(stacktrace: Stacktrace | null | undefined): Frame[] {
  return stacktrace?.frames?.filter((frame) => frame !== null) ?? []
}
