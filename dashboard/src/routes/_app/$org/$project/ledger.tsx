import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { LEDGER_PERIODS, ledger, outcomeStats } from '~/api/ledger.ts'
import { projectDetail } from '~/api/project.ts'
import { InFlight } from '~/features/ledger/in-flight.tsx'
import { LedgerBalance } from '~/features/ledger/ledger-balance.tsx'
import { OutcomeChart } from '~/features/ledger/outcome-chart.tsx'
import { OutcomeTable } from '~/features/ledger/outcome-table.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

const LedgerSearch = z.object({ period: z.catch(z.optional(z.enum(LEDGER_PERIODS)), undefined) })

export const Route = createFileRoute('/_app/$org/$project/ledger')({
  validateSearch: LedgerSearch,
  loaderDeps: ({ search }) => ({ period: search.period ?? '24h' }),
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(ledger(params, deps.period)),
  component: LedgerPage,
})

function LedgerPage() {
  const path = Route.useParams()
  const { period } = Route.useLoaderDeps()
  const { data: project } = useSuspenseQuery(projectDetail(path))
  const { data: figures } = useSuspenseQuery(ledger(path, period))
  const { data: stats } = useQuery(outcomeStats(path.org, project.id, period))
  usePageTitle('Ledger', project.name)
  return (
    <div className="space-y-3">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div>
          <h1 className="text-lg font-semibold">Ledger</h1>
          <p className="text-sm text-kumo-subtle">Where everything that was sent has gone.</p>
        </div>
        <nav aria-label="Period" className="ml-auto flex gap-0.5 rounded-md bg-kumo-recessed p-0.5">
          {LEDGER_PERIODS.map((each) => (
            <Link
              className={`rounded px-2.5 py-0.5 text-sm ${
                each === period ? 'bg-kumo-base ring-1 ring-kumo-line' : 'text-kumo-subtle'
              }`}
              key={each}
              params={path}
              search={{ period: each === '24h' ? undefined : each }}
              to="/$org/$project/ledger"
            >
              {each}
            </Link>
          ))}
        </nav>
      </header>
      <LedgerBalance ledger={figures} />
      {stats && <OutcomeChart isHourly={period === '24h'} stats={stats} />}
      <OutcomeTable ledger={figures} />
      <InFlight ledger={figures} />
    </div>
  )
}
