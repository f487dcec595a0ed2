import { isObject } from '../json.ts'

/**
 * The event of a native crash whose dump has not been read yet: it says that something died, with
 * whatever its handler knew. Fields of the form that mean nothing to us are `extra`. The dump is kept;
 * symbolication reads it later and lays what it finds over this event.
 */
export function nativeCrashEvent(
  known: Record<string, unknown>,
  formFields: readonly (readonly [name: string, value: string])[],
): Record<string, unknown> {
  const exception = {
    type: 'Minidump',
    value: 'Native crash, not yet symbolicated',
    mechanism: { type: 'minidump', handled: false },
  }
  const extra = {
    ...Object.fromEntries(formFields),
    ...(isObject(known['extra']) && known['extra']),
  }
  const crash = { platform: 'native', level: 'fatal', exception: { values: [exception] } }
  return { ...crash, ...known, ...(Object.keys(extra).length > 0 && { extra }) }
}
