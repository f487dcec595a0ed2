import type { Exception } from '../event.ts'
import type { Notes } from '../schema/notes.ts'
import { completeMechanism } from './complete-mechanism.ts'
import { type Draft, isBlank } from './draft.ts'

/** `ValueError: unauthorized`, as SDKs without exception types send it. */
const TYPE_AND_VALUE = /^(\w+):([\s\S]*)$/

/** Exceptions say what they are, and the only one has the event's stack (spec §3.6). */
export function completeExceptions(event: Draft, notes: Notes): void {
  const exceptions = event.exception?.values
  if (!exceptions) return
  adoptStacktrace(event, exceptions, notes)
  for (const [index, exception] of exceptions.entries()) {
    if (!exception) continue
    splitType(exception)
    if (exception.mechanism) completeMechanism(exception.mechanism, event, index, notes)
    if (!isBlank(exception.type) || !isBlank(exception.value)) continue
    exceptions[index] = null
    notes.at(['exception', 'values', index], () =>
      notes.error('missing_attribute', { attribute: 'type or value' }),
    )
  }
}

function adoptStacktrace(event: Draft, exceptions: (Exception | null)[], notes: Notes): void {
  const [only] = exceptions
  if (exceptions.length !== 1 || !only || !event.stacktrace) return
  only.stacktrace = event.stacktrace
  delete event.stacktrace
  const home = ['exception', 'values', 0, 'stacktrace']
  notes.rename((key) => (key === 'stacktrace' ? home : [key]))
}

/** The words of a message stay whole: a synthetic exception only says where it was said. */
function splitType(exception: Exception): void {
  if (!isBlank(exception.type) || isBlank(exception.value)) return
  if (exception.mechanism?.synthetic) return
  const [, type, value] = TYPE_AND_VALUE.exec(exception.value) ?? []
  if (type === undefined || value === undefined) return
  exception.type = type
  exception.value = value.trim()
}
