import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiFailure } from './request.ts'

/** `onSignedOut` runs whenever any request is answered 401. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: Error) => {
    if (error instanceof ApiFailure && error.status === 401) onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays a refusal; only a failing network or server is worth asking again.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiFailure && error.status > 0 && error.status < 500),
      },
    },
  })
}
