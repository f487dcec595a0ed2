import type { Exception, PicketEvent, Thread } from '#domain/event/event.ts'
import { hasSystemFrames, showStacktrace } from './stacktrace.ts'

/** Exceptions run from the innermost cause to the one that was caught. */
export function showExceptions(exception: NonNullable<PicketEvent['exception']>) {
  const values = (exception.values ?? []).filter((value) => value !== null).map(showException)
  const frames = values.flatMap(({ stacktrace }) => stacktrace?.frames ?? [])
  return {
    values,
    hasSystemFrames: hasSystemFrames(frames),
    excOmitted: exception['exc_omitted'] ?? null,
  }
}

function showException(exception: Exception) {
  return {
    type: exception.type ?? null,
    value: exception.value ?? null,
    module: exception.module ?? null,
    threadId: exception.thread_id ?? null,
    mechanism: exception.mechanism ?? null,
    stacktrace: showStacktrace(exception.stacktrace),
    rawStacktrace: showStacktrace(exception.raw_stacktrace),
  }
}

export function showThreads(threads: NonNullable<PicketEvent['threads']>) {
  return { values: (threads.values ?? []).filter((thread) => thread !== null).map(showThread) }
}

function showThread(thread: Thread) {
  return {
    id: thread.id ?? null,
    name: thread.name ?? null,
    current: thread.current ?? false,
    crashed: thread.crashed ?? false,
    main: thread.main ?? null,
    state: thread.state ?? null,
    heldLocks: thread['held_locks'] ?? null,
    stacktrace: showStacktrace(thread.stacktrace),
    rawStacktrace: null,
  }
}
