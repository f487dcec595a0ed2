import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { groupingOperations, groupingSettings } from '~/api/regroup.ts'
import { OperationList } from '~/features/grouping/operation-list.tsx'
import { PreviewPanel } from '~/features/grouping/preview-panel.tsx'
import { RulesForm } from '~/features/grouping/rules-form.tsx'
import { useRegroup } from '~/features/grouping/use-regroup.ts'
import { useRules } from '~/features/grouping/use-rules.ts'
import { TabBar, tabLook } from '~/ui/tab-bar.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

const DAYS = [7, 30, 90] as const
const DAYS_DEFAULT = 30

const GroupingSearch = z.object({ days: z.catch(z.optional(z.literal(DAYS)), undefined) })

export const Route = createFileRoute('/_app/$org/$project/settings/grouping')({
  validateSearch: GroupingSearch,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(groupingSettings(params)),
  component: GroupingPage,
})

function GroupingPage() {
  const path = Route.useParams()
  const { days = DAYS_DEFAULT } = Route.useSearch()
  const { data: saved } = useSuspenseQuery(groupingSettings(path))
  const { data: operations } = useQuery(groupingOperations(path))
  const rules = useRules(path, saved, days)
  const { undo } = useRegroup(path)
  usePageTitle('Grouping', path.project)
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="mr-auto text-sm text-kumo-subtle">
          A rule is tried on what is stored before it is in force, and what it did can be undone.{' '}
          <Link className="text-kumo-link" params={path} to="/$org/global-issues">
            Errors that several projects share
          </Link>
        </p>
        <TabBar label="How far back rules are tried">
          {DAYS.map((each) => (
            <Link
              aria-current={each === days ? 'page' : undefined}
              className={tabLook(each === days)}
              key={each}
              params={path}
              search={{ days: each === DAYS_DEFAULT ? undefined : each }}
              to="/$org/$project/settings/grouping"
            >
              {each} days
            </Link>
          ))}
        </TabBar>
      </div>
      <RulesForm
        draft={rules.draft}
        isBusy={rules.isBusy}
        isChanged={rules.isChanged}
        onChange={rules.edit}
        onDiscard={rules.forget}
        onPreview={() => void rules.tryOut()}
        onSave={() => void rules.save()}
        problems={rules.problems}
      />
      {rules.preview && (
        <PreviewPanel
          days={days}
          isBusy={rules.isBusy}
          onApply={() => void rules.apply()}
          onContinue={() => void rules.lookOn()}
          path={path}
          preview={rules.preview}
        />
      )}
      {operations && <OperationList onUndo={({ id }) => void undo(id)} operations={operations} />}
    </>
  )
}
