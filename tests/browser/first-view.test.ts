import { expect, it } from 'vitest'

import { measureFirstViews } from '../../scripts/first-view.ts'

/** design/architecture.md §4: JavaScript before the first view, compressed. */
const FIRST_VIEW_BYTES_MAX = 150 * 1024

it.each(measureFirstViews())(
  '$page stands with at most 150 KB of scripts',
  ({ gzipBytes, files }) => {
    expect(gzipBytes).toBeLessThanOrEqual(FIRST_VIEW_BYTES_MAX)
    expect(files.length).toBeGreaterThan(1)
  },
)
