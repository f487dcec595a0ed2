import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { ledger } from '~/api/ledger.ts'
import { projectDetail, projectKeys } from '~/api/project.ts'
import { FirstEvent } from '~/features/project/first-event.tsx'
import { SetupGuide } from '~/features/project/setup-guide.tsx'
import { SNIPPETS, snippetFor } from '~/features/project/snippet.ts'
import { usePageTitle } from '~/ui/use-page-title.ts'

const POLL_MS = 2000

export const Route = createFileRoute('/_app/$org/$project/getting-started')({
  validateSearch: z.object({ platform: z.catch(z.optional(z.string()), undefined) }),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(projectKeys(params)),
  component: GettingStartedPage,
})

function GettingStartedPage() {
  const path = Route.useParams()
  const { platform } = Route.useSearch()
  const { data: project } = useSuspenseQuery(projectDetail(path, POLL_MS))
  const { data: keys } = useSuspenseQuery(projectKeys(path))
  const waits = project.firstEvent === null
  // Only to explain the wait: the page works without it.
  const { data: figures } = useQuery({ ...ledger(path, '24h', POLL_MS), enabled: waits })
  usePageTitle('Set up', project.name)
  const key = keys.find((each) => each.isActive) ?? keys[0]
  const snippet = SNIPPETS.find((each) => each.id === platform) ?? snippetFor(project.platform)
  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <header>
        <h1 className="text-lg font-semibold">Send errors of {project.name} here</h1>
        <p className="text-sm text-kumo-subtle">
          Any Sentry SDK works as it is. Only the DSN is new.
        </p>
      </header>
      <FirstEvent firstEvent={project.firstEvent} ledger={figures} path={path} />
      {key ? (
        <SetupGuide dsn={key.dsn.public} path={path} snippet={snippet} />
      ) : (
        <p className="text-kumo-subtle">This project has no key, so nothing can be sent to it.</p>
      )}
    </div>
  )
}
