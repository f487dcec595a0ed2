import { buttonVariants } from '@cloudflare/kumo/components/button'
import { Link } from '@tanstack/react-router'
import type { Event } from '#contract/event.ts'
import { rawEventUrl } from '~/api/event.ts'
import { Ago } from '~/ui/ago.tsx'
import { CopyButton } from '~/ui/copy-button.tsx'
import { Icon, type IconName } from '~/ui/icon.tsx'
import { formatExact } from '~/ui/number-text.ts'
import { formatUtc, parseTime } from '~/ui/time-text.ts'
import { eventMarkdown } from './event-markdown.ts'

type EventBarProps = { event: Event; org: string; project: string; issueId: string }

/** Which event this is, the way to its neighbours, and the ways to take it along. */
export function EventBar({ event, org, project, issueId }: EventBarProps) {
  const at = parseTime(event.dateCreated)
  const weight = event.sampling?.weight ?? 1
  const raw = rawEventUrl({ org, project }, event.eventID)
  const step = { org, project, issueId }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="font-semibold">Event</span>
          <span className="font-mono text-xs" title={event.eventID}>
            {event.eventID.slice(0, 8)}
          </span>
          <Ago at={event.dateCreated} className="text-kumo-subtle" />
          {at !== undefined && <span className="text-xs text-kumo-subtle">{formatUtc(at)}</span>}
        </p>
        {weight > 1 && (
          <p
            className="text-xs text-kumo-warning"
            title="This project is sampled: similar events were counted, not kept."
          >
            stands for {formatExact(weight)} events
          </p>
        )}
      </div>
      <div className="ml-auto flex flex-wrap items-center gap-1.5">
        <CopyButton
          label="Copy as Markdown"
          text={() => eventMarkdown(event, window.location.href)}
          title="For a colleague or an agent"
        />
        <CopyButton
          label="Copy as JSON"
          text={() => fetchRaw(raw)}
          title="The event as it was stored"
        />
        <a className={stepClass} href={raw} rel="noreferrer" target="_blank">
          <Icon name="code" size={14} /> Raw
        </a>
        <nav aria-label="Events of this issue" className="flex items-center gap-1">
          <Step
            icon="first"
            label="Oldest event"
            step={event.previousEventID ? { ...step, eventId: 'oldest' } : null}
          />
          <Step
            icon="chevronLeft"
            label="Previous event (p)"
            step={neighbour(step, event.previousEventID)}
          />
          <Step
            icon="chevronRight"
            label="Next event (n)"
            step={neighbour(step, event.nextEventID)}
          />
          <Step
            icon="last"
            label="Latest event"
            step={event.nextEventID ? { ...step, eventId: 'latest' } : null}
          />
        </nav>
      </div>
    </div>
  )
}

type StepTarget = { org: string; project: string; issueId: string; eventId: string }

const stepClass = buttonVariants({ size: 'sm', variant: 'secondary' })

function Step({ icon, label, step }: { icon: IconName; label: string; step: StepTarget | null }) {
  const look = `${stepClass} size-6.5 !px-0 justify-center`
  if (step === null) {
    return (
      <span aria-disabled="true" className={`${look} opacity-40`} role="link" title={label}>
        <Icon name={icon} size={14} />
      </span>
    )
  }
  return (
    <Link
      aria-label={label}
      className={look}
      params={step}
      preload="render"
      resetScroll={false}
      title={label}
      to="/$org/$project/issues/$issueId/events/$eventId"
    >
      <Icon name={icon} size={14} />
    </Link>
  )
}

function neighbour(step: Omit<StepTarget, 'eventId'>, id: string | null | undefined) {
  return id ? { ...step, eventId: id } : null
}

async function fetchRaw(url: string): Promise<string> {
  const response = await fetch(url, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  return JSON.stringify(await response.json(), null, 2)
}
