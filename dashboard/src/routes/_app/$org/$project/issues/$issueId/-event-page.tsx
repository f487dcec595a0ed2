import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { eventDetail } from '~/api/event.ts'
import { issueDetail, issueTags } from '~/api/issue.ts'
import { EventView } from '~/features/event/event-view.tsx'
import { GroupingPanel } from '~/features/grouping/grouping-panel.tsx'
import { TagShares } from '~/features/issue/tag-shares.tsx'
import { useCommands } from '~/ui/use-commands.ts'

type EventPageProps = { org: string; project: string; issueId: string; eventId: string }

/** One event, with the shares of its issue's tags beside it; those may come later or not at all. */
export function EventPage({ org, project, issueId, eventId }: EventPageProps) {
  const { data: event } = useSuspenseQuery(eventDetail(org, issueId, eventId))
  const { data: issue } = useSuspenseQuery(issueDetail(org, issueId))
  const { data: tags } = useQuery(issueTags(org, issueId))
  const navigate = useNavigate()
  const tryScrubbing = () =>
    navigate({
      to: '/$org/$project/settings/scrubbing',
      params: { org, project },
      search: { event: event.eventID },
    })
  useCommands([
    { name: 'Try scrubbing on this event', icon: 'sliders', run: () => void tryScrubbing() },
  ])
  return (
    <EventView
      aside={tags && <TagShares events={Number(issue.count)} path={{ org, project }} tags={tags} />}
      below={<GroupingPanel eventId={event.eventID} issueId={issueId} path={{ org, project }} />}
      event={event}
      issueId={issueId}
      org={org}
      project={project}
    />
  )
}
