import { createFileRoute } from '@tanstack/react-router'
import { eventDetail } from '~/api/event.ts'
import { EventPage } from '../-event-page.tsx'

export const Route = createFileRoute('/_app/$org/$project/issues/$issueId/events/$eventId')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(eventDetail(params.org, params.issueId, params.eventId)),
  component: NamedEventPage,
})

function NamedEventPage() {
  return <EventPage {...Route.useParams()} />
}
