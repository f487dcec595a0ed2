import type { QuotaUse } from '#contract/quota.ts'
import { explainLoss } from '~/ui/loss-text.ts'
import { Panel } from '~/ui/panel.tsx'
import { formatAmount } from './amount-text.ts'
import {
  nameCategories,
  nameQuota,
  nameScope,
  nameWindow,
  sortQuotas,
  usedShare,
} from './quota-words.ts'

/** From here on a quota deserves a look. */
const NEARLY_FULL = 0.8

/** What limits the project now and how full each limit is, the fullest first. */
export function QuotaTable({ quotas }: { quotas: QuotaUse[] }) {
  return (
    <Panel flush note="used in the present window" title="Quotas in force">
      <ul className="divide-y divide-kumo-hairline">
        {sortQuotas(quotas).map((quota) => (
          <QuotaRow
            key={`${quota.scope}:${quota.scopeId}:${quota.id}:${quota.categories}`}
            quota={quota}
          />
        ))}
      </ul>
    </Panel>
  )
}

function QuotaRow({ quota }: { quota: QuotaUse }) {
  const share = usedShare(quota)
  const says = [nameCategories(quota), nameScope(quota)].filter(Boolean).join(', ')
  return (
    <li
      className="flex items-center gap-3 px-3 py-2"
      title={explainLoss('rate_limited', quota.reasonCode)}
    >
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-4">
        <p className="shrink-0 truncate text-sm font-medium sm:w-72">{nameQuota(quota)}</p>
        <p className="min-w-0 flex-1 truncate text-sm text-kumo-subtle">{says}</p>
      </div>
      {share !== null && <UsedBar share={share} />}
      <p className="w-44 shrink-0 text-right text-sm sm:w-64">{sayUse(quota)}</p>
    </li>
  )
}

function sayUse({ limit, used, unit, window }: QuotaUse): string {
  if (limit === 0) return 'nothing passes'
  const amount = formatAmount(used, unit)
  if (limit === null) return `${amount} in ${nameWindow(window)}, no limit at present`
  return `${amount} of ${formatAmount(limit, unit)} in ${nameWindow(window)}`
}

/** For the eye; the words beside it say the same. */
function UsedBar({ share }: { share: number }) {
  const look =
    share >= 1 ? 'bg-kumo-danger' : share >= NEARLY_FULL ? 'bg-kumo-warning' : 'bg-kumo-info'
  return (
    <div
      aria-hidden="true"
      className="hidden h-1.5 w-24 shrink-0 overflow-hidden rounded-full bg-kumo-recessed sm:block"
    >
      <div className={`h-full rounded-full ${look}`} style={{ width: `${share * 100}%` }} />
    </div>
  )
}
