import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { outcomeStats } from '~/api/ledger.ts'
import { projectSettings } from '~/api/settings.ts'
import { caughtByReason } from '~/features/filter/caught.ts'
import { ListedFilters } from '~/features/filter/listed-filters.tsx'
import { SwitchedFilters } from '~/features/filter/switched-filters.tsx'
import { useSaveFilters } from '~/features/filter/use-save-filters.ts'
import { usePageTitle } from '~/ui/use-page-title.ts'

export const Route = createFileRoute('/_app/$org/$project/settings/filters')({
  // What is typed into a list is one project's: it must not follow the reader to the next.
  remountDeps: ({ params }) => params,
  component: FiltersPage,
})

function FiltersPage() {
  const path = Route.useParams()
  const { data: settings } = useSuspenseQuery(projectSettings(path))
  const { data: stats } = useQuery(outcomeStats(path.org, settings.id, '30d'))
  const { flip, save } = useSaveFilters(path)
  usePageTitle('Filters', settings.name)
  const figures = {
    settings: settings.options,
    caught: stats ? caughtByReason(stats) : new Map(),
    days: stats?.intervals.map((start) => Date.parse(start)) ?? [],
  }
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <SwitchedFilters {...figures} onChange={(change, name) => void flip(change, name)} />
      <ListedFilters {...figures} onSave={save} />
    </div>
  )
}
