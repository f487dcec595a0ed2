import type { PicketEvent } from '../event.ts'

/**
 * An event while it is being normalized. Reading made every object in it anew (bags aside, which
 * are only ever replaced), so the steps change it in place; nobody else holds it yet.
 */
export type Draft = Partial<PicketEvent>

/** True for what says nothing: absent, null or without a character. */
export function isBlank(value: unknown): value is null | undefined | '' {
  return value === undefined || value === null || value === ''
}
