import { buttonVariants } from '@cloudflare/kumo/components/button'
import { Link } from '@tanstack/react-router'
import type { Ledger } from '#contract/ledger.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Ago } from '~/ui/ago.tsx'
import { Icon } from '~/ui/icon.tsx'

type FirstEventProps = { path: ProjectPath; firstEvent: string | null; ledger: Ledger | undefined }

/** Waits for the first event, and says what is wrong when something else came instead. */
export function FirstEvent({ path, firstEvent, ledger }: FirstEventProps) {
  if (firstEvent !== null) return <Arrived at={firstEvent} path={path} />
  const refused = (ledger?.outcomes ?? []).filter(
    ({ outcome, quantity }) => outcome !== 'accepted' && quantity > 0,
  )
  if (refused.length > 0) {
    return (
      <section
        className="rounded-lg bg-kumo-warning-tint p-4 ring-1 ring-kumo-warning/40"
        role="status"
      >
        <h2 className="flex items-center gap-2 font-semibold">
          <span className="text-kumo-warning">
            <Icon name="warning" />
          </span>
          Something arrived, but was not kept
        </h2>
        <ul className="mt-2 space-y-1 text-sm">
          {refused.map(({ outcome, reason, category, quantity }) => (
            <li key={`${outcome}:${reason}:${category}`}>
              {quantity} × {category}: {outcome.replaceAll('_', ' ')}
              {reason !== null && reason !== '' && (
                <>
                  {' because of '}
                  <code className="font-mono text-xs">{reason}</code>
                </>
              )}
            </li>
          ))}
        </ul>
        <Link
          className="mt-2 inline-block text-sm text-kumo-link underline"
          params={path}
          to="/$org/$project/ledger"
        >
          See the ledger
        </Link>
      </section>
    )
  }
  const underway = (ledger?.inFlight.items ?? 0) > 0
  return (
    <section
      aria-live="polite"
      className="flex items-center gap-3 rounded-lg bg-kumo-base p-4 ring-1 ring-kumo-line"
    >
      <span className="relative flex size-2.5 shrink-0">
        <span className="absolute inset-0 animate-ping rounded-full bg-kumo-info opacity-60 motion-reduce:hidden" />
        <span className="relative size-2.5 rounded-full bg-kumo-info" />
      </span>
      <div className="text-sm">
        <p className="font-medium">
          {underway ? 'Something arrived and is being read' : 'Listening for the first event'}
        </p>
        <p className="text-kumo-subtle">
          {underway
            ? 'It will be here in a moment.'
            : 'Nothing has reached this project yet: neither kept nor refused. If you did send something, check the DSN and whether your network lets it out.'}
        </p>
      </div>
    </section>
  )
}

function Arrived({ at, path }: { at: string; path: ProjectPath }) {
  return (
    <section
      aria-live="polite"
      className="flex animate-arrive flex-wrap items-center gap-3 rounded-lg bg-kumo-success-tint p-4 ring-1 ring-kumo-success/40"
    >
      <span className="text-kumo-success">
        <Icon name="check" size={20} />
      </span>
      <p className="min-w-0 flex-1">
        <span className="font-semibold">Your first error arrived</span>{' '}
        <Ago at={at} className="text-sm text-kumo-subtle" />
      </p>
      <Link
        className={buttonVariants({ size: 'sm', variant: 'primary' })}
        params={path}
        to="/$org/$project"
      >
        Look at it
      </Link>
    </section>
  )
}
