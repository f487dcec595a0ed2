import { createFileRoute } from '@tanstack/react-router'
import { eventDetail } from '~/api/event.ts'
import { EventPage } from './-event-page.tsx'

/** An issue opens on its latest event. */
export const Route = createFileRoute('/_app/$org/$project/issues/$issueId/')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(eventDetail(params.org, params.issueId, 'latest')),
  component: LatestEventPage,
})

function LatestEventPage() {
  return <EventPage {...Route.useParams()} eventId="latest" />
}
