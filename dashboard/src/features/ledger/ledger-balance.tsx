import type { ReactNode } from 'react'
import type { Ledger } from '#contract/ledger.ts'
import { Icon } from '~/ui/icon.tsx'
import { nameOutcome } from '~/ui/loss-text.ts'
import { formatExact } from '~/ui/number-text.ts'
import { countsPieces, lookOf, sortOutcomes } from './outcome-look.ts'

/** The equation, spelled out, and whether it holds. */
export function LedgerBalance({ ledger }: { ledger: Ledger }) {
  const isBalanced = ledger.difference === 0
  const sums = sumOutcomes(ledger)
  return (
    <section
      aria-label="Balance"
      className={`rounded-lg bg-kumo-base p-4 ${isBalanced ? 'ring-1 ring-kumo-line' : 'ring-2 ring-kumo-danger'}`}
    >
      <div className="flex items-center gap-3">
        <span
          className={`flex size-9 shrink-0 items-center justify-center rounded-full ${
            isBalanced
              ? 'bg-kumo-success-tint text-kumo-success'
              : 'bg-kumo-danger-tint text-kumo-danger'
          }`}
        >
          <Icon name={isBalanced ? 'check' : 'warning'} />
        </span>
        <div>
          <h2 className="text-base font-semibold">
            {isBalanced ? 'Balanced' : `Off by ${formatExact(ledger.difference)}`}
          </h2>
          <p className="text-sm text-kumo-subtle">{explain(ledger.difference)}</p>
        </div>
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-x-2 gap-y-3 border-t border-kumo-hairline pt-4 sm:flex sm:flex-wrap sm:items-end sm:gap-x-3">
        <Term name="Received" value={ledger.received} />
        <Term dot={lookOf('accepted').dot} name="Accepted" sign="=" value={ledger.accepted} />
        {sortOutcomes(sums.keys()).map((outcome) => (
          <Term
            dot={lookOf(outcome).dot}
            isFaint={sums.get(outcome) === 0}
            key={outcome}
            name={nameOutcome(outcome)}
            sign="+"
            value={sums.get(outcome) ?? 0}
          />
        ))}
        <Term
          isFaint={ledger.inFlight.items === 0}
          name="In flight"
          sign="+"
          value={ledger.inFlight.items}
        />
        {!isBalanced && <Term isWrong name="Unexplained" sign="+" value={ledger.difference} />}
      </dl>
    </section>
  )
}

function explain(difference: number): string {
  if (difference === 0) return 'Everything that was received is accounted for.'
  return difference > 0
    ? 'Received, but neither kept, lost for a reason nor in flight: this many are unexplained.'
    : 'More outcomes than were received: this many were counted twice.'
}

const ALWAYS_SHOWN = ['filtered', 'rate_limited', 'invalid', 'client_discard']

/** Pieces lost per outcome; bytes do not add up with them. */
function sumOutcomes(ledger: Ledger): Map<string, number> {
  const sums = new Map<string, number>(ALWAYS_SHOWN.map((outcome) => [outcome, 0]))
  for (const { outcome, category, quantity } of ledger.outcomes) {
    if (outcome === 'accepted' || !countsPieces(ledger, category)) continue
    sums.set(outcome, (sums.get(outcome) ?? 0) + quantity)
  }
  return sums
}

type TermProps = {
  name: string
  value: number
  sign?: ReactNode
  dot?: string
  isFaint?: boolean
  isWrong?: boolean
}

/** A term with its sign before it; the two stay together. */
function Term({ name, value, sign, dot, isFaint, isWrong }: TermProps) {
  const look = isWrong ? 'text-kumo-danger' : isFaint ? 'text-kumo-subtle' : ''
  return (
    <div className="flex items-end gap-3">
      {sign !== undefined && (
        <span aria-hidden="true" className="w-3 pb-0.5 text-center text-lg text-kumo-subtle">
          {sign}
        </span>
      )}
      <div>
        <dt className="flex items-center gap-1.5 text-xs whitespace-nowrap text-kumo-subtle">
          {dot !== undefined && <span className={`size-2 rounded-[2px] ${dot}`} />}
          {name}
        </dt>
        <dd className={`text-xl font-semibold ${look}`}>{formatExact(value)}</dd>
      </div>
    </div>
  )
}
