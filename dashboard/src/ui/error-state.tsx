import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ApiFailure } from '~/api/request.ts'
import { Button } from './button.tsx'
import { Empty } from './empty.tsx'

/** What a page shows when its data did not come: what failed, and the way to try again. */
export function ErrorState({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return (
    <Empty
      actions={
        <>
          <Button onClick={retry} variant="primary">
            Try again
          </Button>
          <Button onClick={() => router.history.back()}>Go back</Button>
        </>
      }
      icon="warning"
      isBad
      title={titleOf(error)}
    >
      {error instanceof Error ? error.message : String(error)}
      {error instanceof ApiFailure && error.status > 0 && (
        <span className="mt-1 block font-mono text-xs">
          {error.status} {error.path}
        </span>
      )}
    </Empty>
  )
}

function titleOf(error: unknown): string {
  if (!(error instanceof ApiFailure)) return 'Something in this page broke'
  if (error.status === 0) return 'The server cannot be reached'
  if (error.status === 400) return 'The server does not understand this'
  if (error.status === 403) return 'You may not see this'
  if (error.status === 404) return 'There is nothing at this address'
  return 'This page could not be loaded'
}
