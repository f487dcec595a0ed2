import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'
import { NotFound } from './not-found.tsx'

/** What stands without the frame, because there is none yet: nobody is known to be signed in. */
function Bare({ children }: { children: ReactNode }) {
  return <main className="mx-auto w-full max-w-2xl px-3 py-12 sm:py-24">{children}</main>
}

export function BareError(failure: ErrorComponentProps) {
  return (
    <Bare>
      <ErrorState {...failure} />
    </Bare>
  )
}

export function BareNotFound() {
  return (
    <Bare>
      <NotFound />
    </Bare>
  )
}
