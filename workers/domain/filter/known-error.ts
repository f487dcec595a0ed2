/** Errors of a page's delivery, not of its code (spec/event-processing.md §4.6). */
import type { Condition } from './condition-schema.ts'

const anyException = (inner: Condition): Condition => ({
  op: 'any',
  name: 'event.exceptions',
  inner,
})
const glob = (name: string, ...value: string[]): Condition => ({ op: 'glob', name, value })

/** A deploy replaced the files an open page still asks for. */
export const CHUNK_LOAD_ERROR: Condition = anyException({
  op: 'or',
  inner: [
    both(glob('ty', 'ChunkLoadError'), glob('value', 'Loading chunk *', 'Failed to load chunk *')),
    both(
      glob('ty', '*Uncaught *'),
      glob('value', 'ChunkLoadError: Loading chunk *', 'ChunkLoadError: Failed to load chunk *'),
    ),
    both(glob('ty', 'Error'), glob('value', 'Uncaught (in promise): ChunkLoadError*')),
  ],
})

/** React's codes for "what the server rendered is not what I would have". */
const HYDRATION_CODES = [418, 419, 421, 422, 423, 425]

export const HYDRATION_ERROR: Condition = anyException(
  glob(
    'value',
    // `?` would be a wildcard, and `[?]` is not one.
    ...HYDRATION_CODES.map(
      (code) => `*https://reactjs.org/docs/error-decoder.html[?]invariant=${code}*`,
    ),
    ...HYDRATION_CODES.map((code) => `*https://react.dev/errors/${code}*`),
  ),
)

function both(...inner: Condition[]): Condition {
  return { op: 'and', inner }
}
