import { z } from 'zod'

import { ApiError } from './on-error.ts'

/**
 * Query parameters for schemas of `valid('query', …)`, where each comes as the list of its values.
 * Of a parameter that stands once the last value counts, as in Sentry.
 */

/** Longest value we look at; search queries are the longest. */
const CHARACTERS_MAX = 4096
const VALUES_MAX = 1000

export const last = z
  .array(z.string())
  .transform((values) => values.at(-1) ?? '')
  .pipe(z.string().max(CHARACTERS_MAX))

export const list = z.array(z.string().max(CHARACTERS_MAX)).max(VALUES_MAX)

export function oneOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  return last.pipe(z.enum(names))
}

/** A page size: capped at 100 without a word, because a client assumes so (spec/web-api.md §1.4). */
export const pageSize = last
  .pipe(z.string().regex(/^\d{1,9}$/, 'Enter a whole number above 0.'))
  .transform((digits) => Math.min(Number(digits), 100))
  .pipe(z.int().min(1, 'Enter a whole number above 0.'))

/** `?id=1&id=2`: ids as numbers; what is none is refused by the parameter's name. */
export function parseIds(name: string, values: string[]): number[] {
  return values.map((value) => {
    const id = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
    if (!Number.isSafeInteger(id))
      throw new ApiError('invalid', { [name]: ['Enter a whole number.'] })
    return id
  })
}
