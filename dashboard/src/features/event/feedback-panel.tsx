import { useQuery } from '@tanstack/react-query'
import { eventFeedback } from '~/api/attachment.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Ago } from '~/ui/ago.tsx'
import { Panel } from '~/ui/panel.tsx'

/** What people wrote about this event; nothing when nobody did. */
export function FeedbackPanel({ path, eventId }: { path: ProjectPath; eventId: string }) {
  const { data: reports = [] } = useQuery(eventFeedback(path, eventId))
  if (reports.length === 0) return null
  return (
    <Panel flush id="feedback" title="What people wrote">
      <ul>
        {reports.map((report) => (
          <li
            className="border-t border-kumo-hairline px-3 py-2 first:border-t-0"
            key={`${report.id} ${report.dateCreated}`}
          >
            <p className="flex flex-wrap gap-x-3 text-xs text-kumo-subtle">
              <span className="font-semibold wrap-anywhere text-kumo-default">
                {report.name || 'Somebody'}
              </span>
              {report.email && <span className="wrap-anywhere">{report.email}</span>}
              <Ago at={report.dateCreated} />
            </p>
            <p className="mt-1 text-sm wrap-anywhere whitespace-pre-wrap">{report.comments}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
