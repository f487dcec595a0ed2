import { Link } from '@tanstack/react-router'
import type { Event } from '#contract/event.ts'
import { rawEventUrl } from '~/api/event.ts'
import { Ago } from '~/ui/ago.tsx'
import { buttonLook } from '~/ui/button.tsx'
import { CopyButton } from '~/ui/copy-button.tsx'
import { Icon, type IconName } from '~/ui/icon.tsx'
import { formatExact } from '~/ui/number-text.ts'
import { copyMarkdown, copyRaw } from './copy-event.ts'

type EventBarProps = {
  event: Event
  org: string
  project: string
  issueId: string
  /** The event's own page. */
  path: string
}

/** Which event this is, the way to its neighbours, and the ways to take it along. */
export function EventBar({ event, org, project, issueId, path }: EventBarProps) {
  const weight = event.sampling?.weight ?? 1
  const raw = rawEventUrl({ org, project }, event.eventID)
  const params = { org, project, issueId }
  const { previousEventID: previous, nextEventID: next } = event
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <nav aria-label="Events of this issue" className="flex items-center gap-1">
        <Step icon="first" label="Oldest event" to={previous && { ...params, eventId: 'oldest' }} />
        <Step
          icon="chevronLeft"
          label="Previous event (p)"
          to={previous && { ...params, eventId: previous }}
        />
        <Step
          icon="chevronRight"
          label="Next event (n)"
          to={next && { ...params, eventId: next }}
        />
        <Step icon="last" label="Latest event" to={next && { ...params, eventId: 'latest' }} />
      </nav>
      <p className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-sm">
        <span className="font-semibold">Event</span>
        <span className="font-mono text-xs" title={event.eventID}>
          {event.eventID.slice(0, 8)}
        </span>
        <Ago at={event.dateCreated} className="text-kumo-subtle" />
        {weight > 1 && (
          <span
            className="text-xs text-kumo-warning"
            title="In a storm similar events are counted, not all kept."
          >
            stands for {formatExact(weight)} events
          </span>
        )}
      </p>
      <div className="flex flex-wrap items-center gap-1.5 sm:ml-auto">
        <CopyButton
          copy={() => copyMarkdown(event, path)}
          label="Copy as Markdown"
          title="For a colleague or an agent (c)"
        />
        <CopyButton
          copy={() => copyRaw(raw)}
          label="Copy as JSON"
          title="The event as it was stored"
        />
        <a className={buttonLook()} href={raw} rel="noreferrer" target="_blank">
          <Icon name="code" size={14} /> Raw
        </a>
      </div>
    </div>
  )
}

type StepTarget = { org: string; project: string; issueId: string; eventId: string }

const STEP_LOOK = buttonLook({ isSquare: true })

function Step(props: { icon: IconName; label: string; to: StepTarget | '' | null | undefined }) {
  const icon = <Icon name={props.icon} size={14} />
  if (!props.to) {
    return (
      <button
        aria-label={props.label}
        className={STEP_LOOK}
        disabled
        title={props.label}
        type="button"
      >
        {icon}
      </button>
    )
  }
  return (
    <Link
      aria-label={props.label}
      className={STEP_LOOK}
      params={props.to}
      preload="render"
      resetScroll={false}
      title={props.label}
      to="/$org/$project/issues/$issueId/events/$eventId"
    >
      {icon}
    </Link>
  )
}
