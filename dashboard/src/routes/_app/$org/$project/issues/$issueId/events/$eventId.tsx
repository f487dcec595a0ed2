import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { eventDetail } from '~/api/event.ts'
import { EventView } from '~/features/event/event-view.tsx'

export const Route = createFileRoute('/_app/$org/$project/issues/$issueId/events/$eventId')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(eventDetail(params.org, params.issueId, params.eventId)),
  component: EventPage,
})

function EventPage() {
  const { org, project, issueId, eventId } = Route.useParams()
  const { data: event } = useSuspenseQuery(eventDetail(org, issueId, eventId))
  return <EventView event={event} issueId={issueId} org={org} project={project} />
}
