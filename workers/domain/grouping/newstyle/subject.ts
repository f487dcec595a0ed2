import type { Exception, PicketEvent, Thread } from '#domain/event/event.ts'
import type { RuleSets } from '../enhancement/compile-rules.ts'
import { type PreparedStacktrace, prepareStacktrace } from '../stacktrace/prepare-stacktrace.ts'
import type { NewstyleOptions } from './options.ts'

/** An event with its stack traces made ready: what all strategies start from. */
export interface Subject {
  event: PicketEvent
  platform: string
  options: NewstyleOptions
  exceptions: PreparedException[]
  /** The event's own stack trace, not that of an exception. */
  stacktrace: PreparedStacktrace | null
  threads: PreparedThread[]
}

/** `index` counts the list as it was sent, with what could not be read. */
export interface PreparedException {
  index: number
  exception: Exception
  stacktrace: PreparedStacktrace | null
}

export interface PreparedThread {
  index: number
  thread: Thread
  stacktrace: PreparedStacktrace | null
}

export function prepareSubject(
  event: PicketEvent,
  rules: RuleSets,
  options: NewstyleOptions,
): Subject {
  const platform = typeof event.platform === 'string' ? event.platform : 'other'
  const { cleansMultiprocessingLine } = options
  const preparation = { platform, rules, cleansMultiprocessingLine }
  return {
    event,
    platform,
    options,
    exceptions: valuesOf(event.exception).map(({ index, value }) => ({
      index,
      exception: value,
      stacktrace: prepareStacktrace(value.stacktrace, value, preparation),
    })),
    stacktrace: prepareStacktrace(event.stacktrace, null, preparation),
    threads: valuesOf(event.threads).map(({ index, value }) => ({
      index,
      thread: value,
      stacktrace: prepareStacktrace(value.stacktrace, null, preparation),
    })),
  }
}

function valuesOf<Value extends object>(
  list: { values?: (Value | null)[] | null } | null | undefined,
): { index: number; value: Value }[] {
  const values = Array.isArray(list?.values) ? list.values : []
  return values.flatMap((value, index) =>
    typeof value === 'object' && value !== null ? [{ index, value }] : [],
  )
}
