import type { Ledger } from '#contract/ledger.ts'
import { formatExact } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'
import { lookOf, sortOutcomes } from './outcome-look.ts'

/** Why things were not kept: a row per outcome, reason and category. */
export function OutcomeTable({ ledger }: { ledger: Ledger }) {
  const rows = ledger.outcomes.filter(({ quantity }) => quantity > 0)
  const order = sortOutcomes(new Set(rows.map((row) => row.outcome)))
  const sorted = rows.toSorted(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || b.quantity - a.quantity,
  )
  return (
    <Panel flush title="By reason">
      {sorted.length === 0 ? (
        <p className="px-3 py-6 text-center text-sm text-kumo-subtle">
          Nothing was refused, filtered or dropped in this period.
        </p>
      ) : (
        <table className="w-full text-sm">
          <thead className="text-left text-xs text-kumo-subtle">
            <tr className="border-b border-kumo-hairline">
              <th className="px-3 py-1.5 font-normal">Outcome</th>
              <th className="px-3 py-1.5 font-normal">Reason</th>
              <th className="hidden px-3 py-1.5 font-normal sm:table-cell">Category</th>
              <th className="px-3 py-1.5 text-right font-normal">Quantity</th>
              <th className="hidden px-3 py-1.5 text-right font-normal sm:table-cell">Share</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-kumo-hairline">
            {sorted.map(({ outcome, reason, category, quantity }) => (
              <tr key={`${outcome}:${reason}:${category}`}>
                <td className="px-3 py-1.5 whitespace-nowrap">
                  <span
                    className={`mr-2 inline-block size-2 rounded-[2px] ${lookOf(outcome).dot}`}
                  />
                  {lookOf(outcome).name}
                </td>
                <td className="px-3 py-1.5 font-mono text-xs wrap-anywhere">
                  {reason || '–'}
                  <span className="block text-kumo-subtle sm:hidden">{category}</span>
                </td>
                <td className="hidden px-3 py-1.5 text-kumo-subtle sm:table-cell">{category}</td>
                <td className="px-3 py-1.5 text-right">{formatExact(quantity)}</td>
                <td className="hidden px-3 py-1.5 text-right text-kumo-subtle sm:table-cell">
                  {shareOf(quantity, ledger.received)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function shareOf(quantity: number, received: number): string {
  if (received === 0) return '–'
  const percent = (quantity / received) * 100
  return percent < 0.1 ? '<0.1%' : `${percent.toFixed(1)}%`
}
