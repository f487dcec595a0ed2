import type { FingerprintMatcher, FingerprintRule } from './rule.ts'

const javascript = { key: 'family', pattern: 'javascript', isNegated: false } as const

/** What every project's JavaScript groups by whatever the bundle looks like (spec/grouping.md §12.2). */
export const BUILT_IN_RULES: FingerprintRule[] = [
  chunkLoadError({ key: 'type', pattern: 'ChunkLoadError', isNegated: false }),
  chunkLoadError({ key: 'value', pattern: 'ChunkLoadError*', isNegated: false }),
  ...[
    'Hydration failed because the initial UI does not match what was rendered on the server.',
    'The server could not finish this Suspense boundary, likely due to an error during server rendering. Switched to client rendering.',
    'There was an error while hydrating this Suspense boundary. Switched to client rendering.',
    'There was an error while hydrating. Because the error happened outside of a Suspense boundary, the entire root will switch to client rendering.',
    'Text content does not match server-rendered HTML.',
  ].map(hydrationError),
]

function chunkLoadError(matcher: FingerprintMatcher): FingerprintRule {
  return { matchers: [javascript, matcher], fingerprint: ['chunkloaderror'], title: null }
}

/** React says the same of every page; which page it was tells them apart. */
function hydrationError(message: string): FingerprintRule {
  return {
    matchers: [
      javascript,
      { key: 'tags.transaction', pattern: '*', isNegated: false },
      { key: 'message', pattern: message, isNegated: false },
    ],
    fingerprint: ['hydrationerror', '{{ tags.transaction }}'],
    title: null,
  }
}
