import { md5 } from './md5.ts'

/**
 * The hash of a sequence of texts: MD5 of them with nothing between, as Sentry has always done it
 * (spec/grouping.md §3). So `ab` + `c` is `a` + `bc`.
 */
export function hashValues(values: string[]): string {
  return md5(values.join(''))
}

/** What events without anything to group by have in common. */
export const HASH_OF_NOTHING = md5('')
