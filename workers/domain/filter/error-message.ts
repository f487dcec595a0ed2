import type { Exception, PicketEvent } from '../event/event.ts'
import { globTest } from './text-test.ts'

/** Events whose message, or one of whose exceptions, fits a glob. */
export function errorMessageTest(patterns: string[]): (event: PicketEvent) => boolean {
  const matches = globTest(patterns)
  return (event) => {
    const { logentry, exception } = event
    if (matches(logentry?.formatted || logentry?.message)) return true
    return exception?.values?.some((value) => value && matches(render(value))) ?? false
  }
}

function render({ type, value }: Exception): string {
  return type && value ? `${type}: ${value}` : type || value || ''
}
