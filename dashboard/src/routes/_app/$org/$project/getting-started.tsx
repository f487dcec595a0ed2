import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { z } from 'zod/mini'
import { ledger } from '~/api/ledger.ts'
import { projectDetail, projectKeys } from '~/api/project.ts'
import { FirstEvent } from '~/features/project/first-event.tsx'
import { SetupGuide } from '~/features/project/setup-guide.tsx'
import { SNIPPETS, snippetFor } from '~/features/project/snippet.ts'
import { TestEventButton } from '~/features/project/test-event-button.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

/** How often we look for the first event. */
const POLL_MS = 2000
/** How long the good news stands before the page moves on to the issues. */
const ARRIVED_MS = 1500

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
  useMoveOn(waits)
  const key = keys.find((each) => each.isActive) ?? keys[0]
  const snippet = SNIPPETS.find((each) => each.id === platform) ?? snippetFor(project.platform)
  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <header>
        <h1 className="text-lg font-semibold">Send errors of {project.name} here</h1>
        <p className="text-kumo-subtle">Any Sentry SDK works as it is. Only the DSN is new.</p>
      </header>
      <FirstEvent
        actions={key && <TestEventButton dsn={key.dsn.public} />}
        firstEvent={project.firstEvent}
        ledger={figures}
        path={path}
      />
      {key ? (
        <SetupGuide dsn={key.dsn.public} path={path} snippet={snippet} />
      ) : (
        <p className="text-kumo-subtle">This project has no key, so nothing can be sent to it.</p>
      )}
    </div>
  )
}

/** Goes to the issues once the wait is over; a reader who came later is left in peace. */
function useMoveOn(waits: boolean) {
  const path = Route.useParams()
  const navigate = Route.useNavigate()
  const hasWaited = useRef(false)
  useEffect(() => {
    if (waits) hasWaited.current = true
    if (waits || !hasWaited.current) return
    const timer = setTimeout(
      () => void navigate({ to: '/$org/$project', params: path }),
      ARRIVED_MS,
    )
    return () => clearTimeout(timer)
  }, [waits, navigate, path])
}
