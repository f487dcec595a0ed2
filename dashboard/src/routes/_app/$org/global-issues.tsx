import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { globalIssues, setGlobalGrouping } from '~/api/regroup.ts'
import { ApiFailure } from '~/api/request.ts'
import { GlobalList } from '~/features/grouping/global-list.tsx'
import { Button } from '~/ui/button.tsx'
import { Empty } from '~/ui/empty.tsx'
import { RowsSkeleton } from '~/ui/skeleton.tsx'
import { showToast } from '~/ui/toast.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

export const Route = createFileRoute('/_app/$org/global-issues')({ component: GlobalPage })

function GlobalPage() {
  const { org } = Route.useParams()
  const { data: groups, error } = useQuery(globalIssues(org))
  const isOff = error instanceof ApiFailure && error.status === 403
  const turn = useTurn(org)
  usePageTitle('Across projects', org)
  return (
    <div className="space-y-3">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="mr-auto">
          <h1 className="text-lg font-semibold">Across projects</h1>
          <p className="text-sm text-kumo-subtle">
            Errors of {org} that happen in more than one project, by their hash.
          </p>
        </div>
        {groups && <Button onClick={() => void turn(false)}>Turn off</Button>}
      </header>
      {!groups && !error && <RowsSkeleton />}
      {isOff && (
        <Empty
          actions={
            <Button onClick={() => void turn(true)} variant="primary">
              Turn on
            </Button>
          }
          icon="merge"
          title="Global grouping is off"
        >
          When it is on, issues of several projects that share a hash are shown here as one. Nothing
          about the projects’ own issues changes.
        </Empty>
      )}
      {error && !isOff && (
        <Empty icon="warning" isBad title="This list could not be read">
          {error.message}
        </Empty>
      )}
      {groups?.length === 0 && (
        <Empty icon="check" title="No error spans projects">
          As soon as two projects have an unresolved issue with the same hash, it stands here.
        </Empty>
      )}
      {groups && groups.length > 0 && <GlobalList groups={groups} org={org} />}
    </div>
  )
}

/** Turns global grouping on or off for the organization. */
function useTurn(org: string) {
  const queryClient = useQueryClient()
  return async (isOn: boolean) => {
    try {
      await setGlobalGrouping(org, isOn)
    } catch (error) {
      const isForbidden = error instanceof ApiFailure && error.status === 403
      const detail = isForbidden
        ? 'Only those who may change the organization may turn it on or off.'
        : String(error)
      showToast({ title: 'That did not work', detail, isBad: true })
    }
    await queryClient.resetQueries({ queryKey: globalIssues(org).queryKey })
  }
}
