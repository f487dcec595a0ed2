import type { Ledger, LedgerOutcome } from '#contract/ledger.ts'
import { explainLoss, nameOutcome } from '~/ui/loss-text.ts'
import { formatShare } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'
import { formatAmount } from './amount-text.ts'
import { lookOf, sortOutcomes } from './outcome-look.ts'

/** Why things were not kept: a row per outcome, reason and category, in plain words. */
export function OutcomeTable({ ledger }: { ledger: Ledger }) {
  const rows = ledger.outcomes.filter(
    ({ outcome, quantity }) => outcome !== 'accepted' && quantity > 0,
  )
  const order = sortOutcomes(new Set(rows.map((row) => row.outcome)))
  const sorted = rows.toSorted(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || b.quantity - a.quantity,
  )
  return (
    <Panel flush title="What was not kept, and why">
      {sorted.length === 0 ? (
        <p className="px-3 py-8 text-center text-sm text-kumo-subtle">
          Nothing was refused, filtered or dropped in this period.
        </p>
      ) : (
        <ul className="divide-y divide-kumo-hairline">
          {sorted.map((row) => (
            <LossRow
              key={`${row.outcome}:${row.reason}:${row.category}`}
              ledger={ledger}
              row={row}
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function LossRow({ row, ledger }: { row: LedgerOutcome; ledger: Ledger }) {
  const { outcome, reason, category, quantity } = row
  const says = explainLoss(outcome, reason)
  const known = ledger.categories.find((each) => each.category === category)
  return (
    <li className="flex items-baseline gap-3 px-3 py-2">
      <span className={`size-2 shrink-0 rounded-[2px] ${lookOf(outcome).dot}`} />
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-4">
        <p className="shrink-0 text-sm sm:w-72">
          <span className="font-medium">{nameOutcome(outcome)}</span>
          {reason !== null && reason !== '' && (
            <span className="block font-mono text-xs wrap-anywhere text-kumo-subtle sm:ml-2 sm:inline">
              {reason}
            </span>
          )}
        </p>
        <p className="min-w-0 flex-1 text-sm text-kumo-subtle">{says}</p>
      </div>
      <span className="hidden w-24 truncate text-xs text-kumo-subtle sm:inline">{category}</span>
      <span className="text-right whitespace-nowrap sm:w-20 text-sm font-medium">
        {formatAmount(quantity, known?.unit)}
      </span>
      <span
        className="hidden w-10 text-right text-xs text-kumo-subtle sm:inline"
        title={`Of everything received as ${category}`}
      >
        {formatShare(quantity, known?.received ?? ledger.received)}
      </span>
    </li>
  )
}
