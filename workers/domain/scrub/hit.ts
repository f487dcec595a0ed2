import { quoteKey } from './selector.ts'

/** One place a rule changed, for people who edit rules. */
export interface Hit {
  /** From the event down, as a selector names it: `extra.'odd key'.0`, `request.headers.Cookie`. */
  path: string
  /** As remarks name it. */
  ruleId: string
  /** What happened: remarks' types (spec/event-processing.md §2.3). */
  type: string
  /** Code points of the new text; null when the value went altogether. */
  range: [start: number, end: number] | null
}

export function pathOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => (typeof key === 'number' ? String(key) : quoteKey(key))).join('.')
}
