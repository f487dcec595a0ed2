import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Event } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import type { IconName } from '~/ui/icon.tsx'
import { Panel } from '~/ui/panel.tsx'
import { parseTime } from '~/ui/time-text.ts'
import { useCommands } from '~/ui/use-commands.ts'
import { asPairs } from '~/ui/value-text.ts'
import { AttachmentsPanel } from './attachments-panel.tsx'
import { copyMarkdown } from './copy-event.ts'
import { EntryPanel, sortEntries } from './entry-panel.tsx'
import { EventBar } from './event-bar.tsx'
import { EventErrors } from './event-errors.tsx'
import { EventSide } from './event-side.tsx'
import { EventTags } from './event-tags.tsx'
import { FeedbackPanel } from './feedback-panel.tsx'

type EventViewProps = {
  event: Event
  org: string
  project: string
  issueId: string
  /** What stands above the event's own side column: the issue's, not the event's. */
  aside: ReactNode
  /** What stands below what happened: why the event is where it is. */
  below: ReactNode
}

/** Everything one event carries. What happened on the left, who and where on the right. */
export function EventView({ event, org, project, issueId, aside, below }: EventViewProps) {
  const navigate = useNavigate()
  const eventAt = parseTime(event.dateCreated)
  const entries = sortEntries(event.entries)
  const extra = asPairs(event.context)
  const path = `/${org}/${project}/issues/${issueId}/events/${event.eventID}`
  const step = (name: string, key: string, icon: IconName, eventId: string | null | undefined) => {
    if (!eventId) return []
    const to = '/$org/$project/issues/$issueId/events/$eventId'
    const params = { org, project, issueId, eventId }
    return [{ name, key, icon, run: () => void navigate({ to, params, resetScroll: false }) }]
  }
  useCommands([
    ...step('Next event', 'n', 'chevronRight', event.nextEventID),
    ...step('Previous event', 'p', 'chevronLeft', event.previousEventID),
    {
      name: 'Copy event as Markdown',
      key: 'c',
      icon: 'copy',
      run: () => void copyMarkdown(event, path),
    },
  ])
  return (
    <div className="space-y-3">
      <EventBar event={event} issueId={issueId} org={org} path={path} project={project} />
      <EventTags path={{ org, project }} tags={event.tags} />
      <EventErrors errors={event.errors} />
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="min-w-0 space-y-3">
          <div className="min-w-0 animate-arrive space-y-3" key={event.eventID}>
            <FeedbackPanel eventId={event.eventID} path={{ org, project }} />
            {entries.map((entry, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an event may carry two entries of a kind
              <EntryPanel entry={entry} eventAt={eventAt} key={i} />
            ))}
            {entries.length === 0 && extra.length === 0 && (
              <Panel title="Nothing more">
                <p className="text-sm wrap-anywhere text-kumo-subtle">
                  The SDK sent neither an exception nor a message body: “{event.title}” is all there
                  is.
                </p>
              </Panel>
            )}
            {extra.length > 0 && (
              <Panel id="extra" title="Extra">
                <FieldList pairs={extra} />
              </Panel>
            )}
            <AttachmentsPanel eventId={event.eventID} path={{ org, project }} />
          </div>
          {below}
        </div>
        <aside className="min-w-0 space-y-3">
          {aside}
          <EventSide event={event} />
        </aside>
      </div>
    </div>
  )
}
