import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiFailure } from '~/api/request.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

/** What a page shows when its data did not come: what failed, and the way to try again. */
export function ErrorState({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const missing = error instanceof ApiFailure && error.status === 404
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return (
    <div className="mx-auto max-w-lg px-4 py-16" role="alert">
      <div className="flex items-center gap-2 text-kumo-danger">
        <Icon name="warning" />
        <h1 className="text-base font-semibold">
          {missing ? 'There is nothing at this address' : 'This page could not be loaded'}
        </h1>
      </div>
      <p className="mt-2 wrap-anywhere text-kumo-subtle">
        {error instanceof Error ? error.message : String(error)}
      </p>
      {error instanceof ApiFailure && (
        <p className="mt-1 font-mono text-xs wrap-anywhere text-kumo-subtle">
          {error.status} · {error.path}
        </p>
      )}
      <div className="mt-4 flex gap-2">
        <Button onClick={retry} size="sm" variant="primary">
          Try again
        </Button>
        <Button onClick={() => router.history.back()} size="sm">
          Go back
        </Button>
      </div>
    </div>
  )
}
