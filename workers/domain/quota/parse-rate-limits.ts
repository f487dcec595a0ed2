/** One limit of an `X-Sentry-Rate-Limits` header, as an SDK reads it (spec/ingest.md §6.1). */
export interface RateLimitLine {
  /** Integers are what servers send; decimals are accepted. */
  seconds: number
  /** As written; empty means all. */
  categories: string[]
  scope: string
  reason: string | null
  namespaces: string[]
}

/**
 * Reads the header back. Lines that are none are passed over. Lets tests and drills look at our
 * answers through the eyes of an SDK.
 */
export function parseRateLimits(header: string): RateLimitLine[] {
  return header.split(',').flatMap((line) => {
    const [seconds = '', categories = '', scope = '', reason = '', namespaces = ''] = line
      .trim()
      .split(':')
    if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(seconds) || scope === '') return []
    return [
      {
        seconds: Number(seconds),
        categories: words(categories),
        scope,
        reason: reason || null,
        namespaces: words(namespaces),
      },
    ]
  })
}

const words = (list: string): string[] => list.split(';').filter((word) => word !== '')
