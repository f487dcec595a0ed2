import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Ledger, LedgerOutcome } from '#contract/ledger.ts'
import type { ProjectPath } from '~/api/project.ts'
import { buttonLook } from '~/ui/button.tsx'
import { explainLoss, nameOutcome } from '~/ui/loss-text.ts'
import { Notice } from '~/ui/notice.tsx'
import { formatExact } from '~/ui/number-text.ts'

type FirstEventProps = {
  path: ProjectPath
  /** When the first event arrived; null while the page waits for it. */
  firstEvent: string | null
  ledger: Ledger | undefined
  /** What a reader can do to try it out. */
  actions: ReactNode
}

/** Waits for the first event, and says what is wrong when something else came instead. */
export function FirstEvent({ path, firstEvent, ledger, actions }: FirstEventProps) {
  if (firstEvent !== null) {
    return (
      <Notice
        actions={
          <Link className={buttonLook({ variant: 'primary' })} params={path} to="/$org/$project">
            Look at it
          </Link>
        }
        title="Your first event arrived"
        tone="good"
      />
    )
  }
  const refused = (ledger?.outcomes ?? []).filter(
    ({ outcome, quantity }) => outcome !== 'accepted' && quantity > 0,
  )
  return (
    <>
      {refused.length > 0 && <Refused losses={refused} path={path} />}
      <Waiting actions={actions} isUnderway={(ledger?.inFlight.items ?? 0) > 0} />
    </>
  )
}

function Refused({ losses, path }: { losses: LedgerOutcome[]; path: ProjectPath }) {
  return (
    <Notice title="Something arrived, but was not kept" tone="warning">
      <ul className="mt-1 space-y-1">
        {losses.map(({ outcome, reason, category, quantity }) => (
          <li key={`${outcome}:${reason}:${category}`}>
            {formatExact(quantity)} × {category}, {nameOutcome(outcome).toLowerCase()}
            {reason !== null && reason !== '' && (
              <code className="ml-1.5 font-mono text-xs wrap-anywhere">{reason}</code>
            )}
            <span className="block text-kumo-subtle">{explainLoss(outcome, reason)}</span>
          </li>
        ))}
      </ul>
      <Link className="mt-1.5 inline-block underline" params={path} to="/$org/$project/ledger">
        See the ledger
      </Link>
    </Notice>
  )
}

function Waiting({ isUnderway, actions }: { isUnderway: boolean; actions: ReactNode }) {
  return (
    <section
      aria-live="polite"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-kumo-base px-3.5 py-3 ring-1 ring-kumo-line"
    >
      <span className="relative mx-1 flex size-2.5 shrink-0">
        <span className="absolute inset-0 animate-ping rounded-full bg-kumo-info opacity-60 motion-reduce:hidden" />
        <span className="relative size-2.5 rounded-full bg-kumo-info" />
      </span>
      <div className="min-w-0 flex-1 text-sm max-sm:basis-[calc(100%-3rem)]">
        <h2 className="font-semibold">
          {isUnderway ? 'Something arrived and is being read' : 'Listening for the first event'}
        </h2>
        <p className="text-kumo-subtle">
          {isUnderway
            ? 'It will be here in a moment.'
            : 'Nothing has reached this project yet, neither kept nor refused. This page moves on by itself.'}
        </p>
      </div>
      {actions}
    </section>
  )
}
