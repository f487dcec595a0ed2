import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { eventDetail } from '~/api/event.ts'
import { EventView } from '~/features/event/event-view.tsx'

/** An issue opens on its latest event. */
export const Route = createFileRoute('/_app/$org/$project/issues/$issueId/')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(eventDetail(params.org, params.issueId, 'latest')),
  component: LatestEventPage,
})

function LatestEventPage() {
  const { org, project, issueId } = Route.useParams()
  const { data: event } = useSuspenseQuery(eventDetail(org, issueId, 'latest'))
  return <EventView event={event} issueId={issueId} org={org} project={project} />
}
