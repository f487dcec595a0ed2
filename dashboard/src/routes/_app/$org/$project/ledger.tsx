import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { LEDGER_PERIODS, ledger, outcomeStats } from '~/api/ledger.ts'
import { projectDetail } from '~/api/project.ts'
import { InFlight } from '~/features/ledger/in-flight.tsx'
import { LedgerBalance } from '~/features/ledger/ledger-balance.tsx'
import { OutcomeChart } from '~/features/ledger/outcome-chart.tsx'
import { OutcomeTable } from '~/features/ledger/outcome-table.tsx'
import { QuotaTable } from '~/features/ledger/quota-table.tsx'
import { TabBar, tabLook } from '~/ui/tab-bar.tsx'
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
        <div className="mr-auto">
          <h1 className="text-lg font-semibold">Ledger</h1>
          <p className="text-sm text-kumo-subtle">Where everything that was sent has gone.</p>
        </div>
        <TabBar label="Period">
          {LEDGER_PERIODS.map((each) => (
            <Link
              aria-current={each === period ? 'page' : undefined}
              className={tabLook(each === period)}
              key={each}
              params={path}
              search={{ period: each === '24h' ? undefined : each }}
              to="/$org/$project/ledger"
            >
              {each}
            </Link>
          ))}
        </TabBar>
      </header>
      <LedgerBalance ledger={figures} />
      {stats && <OutcomeChart isHourly={period === '24h'} stats={stats} />}
      <OutcomeTable ledger={figures} />
      <QuotaTable quotas={figures.quotas} />
      <InFlight ledger={figures} />
    </div>
  )
}
