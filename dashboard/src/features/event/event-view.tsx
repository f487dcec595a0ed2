import { useNavigate } from '@tanstack/react-router'
import type { Event } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { Panel } from '~/ui/panel.tsx'
import { parseTime } from '~/ui/time-text.ts'
import { useHotkeys } from '~/ui/use-hotkeys.ts'
import { asPairs, isBlank } from '~/ui/value-text.ts'
import { EntryPanel, sortEntries } from './entry-panel.tsx'
import { EventBar } from './event-bar.tsx'
import { EventErrors } from './event-errors.tsx'
import { EventSide } from './event-side.tsx'
import { EventTags } from './event-tags.tsx'

type EventViewProps = { event: Event; org: string; project: string; issueId: string }

/** Everything one event carries. What happened on the left, who and where on the right. */
export function EventView({ event, org, project, issueId }: EventViewProps) {
  const navigate = useNavigate()
  const eventAt = parseTime(event.dateCreated)
  const entries = sortEntries(event.entries)
  const extra = asPairs(event.context)
  const open = (eventId: string | null | undefined) => {
    if (!eventId) return
    void navigate({
      to: '/$org/$project/issues/$issueId/events/$eventId',
      params: { org, project, issueId, eventId },
      resetScroll: false,
    })
  }
  useHotkeys({ n: () => open(event.nextEventID), p: () => open(event.previousEventID) })
  return (
    <div className="space-y-3">
      <EventBar event={event} issueId={issueId} org={org} project={project} />
      <EventTags tags={event.tags} />
      <EventErrors errors={event.errors} />
      <div
        className="grid animate-arrive grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]"
        key={event.eventID}
      >
        <div className="min-w-0 space-y-3">
          {entries.map((entry, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an event may carry two entries of a kind
            <EntryPanel entry={entry} eventAt={eventAt} key={i} />
          ))}
          {entries.length === 0 && isBlank(extra) && (
            <Panel title="Nothing more">
              <p className="text-sm text-kumo-subtle">
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
        </div>
        <aside className="min-w-0 space-y-3">
          <EventSide event={event} />
        </aside>
      </div>
    </div>
  )
}
