import type { Ledger } from '#contract/ledger.ts'
import { Icon } from '~/ui/icon.tsx'
import { nameOutcome } from '~/ui/loss-text.ts'
import { formatExact } from '~/ui/number-text.ts'
import { lookOf, sortOutcomes } from './outcome-look.ts'

/** The equation, spelled out, and whether it holds. */
export function LedgerBalance({ ledger }: { ledger: Ledger }) {
  const balanced = ledger.difference === 0
  const sums = sumOutcomes(ledger)
  return (
    <section
      aria-label="Balance"
      className={`rounded-lg bg-kumo-base p-4 ring-1 ${balanced ? 'ring-kumo-line' : 'ring-2 ring-kumo-danger'}`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span
          className={`flex size-7 items-center justify-center rounded-full ${
            balanced ? 'bg-kumo-success-tint text-kumo-success' : 'bg-kumo-danger text-white'
          }`}
        >
          <Icon name={balanced ? 'check' : 'warning'} />
        </span>
        <h2 className="text-lg font-semibold">
          {balanced ? 'Balanced' : `Off by ${formatExact(ledger.difference)}`}
        </h2>
        <p className="text-sm text-kumo-subtle">
          {balanced
            ? 'Everything that was received is accounted for.'
            : ledger.difference > 0
              ? 'Received, but in no outcome and not in flight: this many are unexplained.'
              : 'More outcomes than were received: this many were counted twice.'}
        </p>
      </div>
      <div className="mt-4 flex flex-wrap items-end gap-x-3 gap-y-3">
        <Term isTotal name="Received" value={ledger.received} />
        <Sign>=</Sign>
        <Term dot={lookOf('accepted').dot} name="Accepted" value={ledger.accepted} />
        {sortOutcomes(sums.keys()).map((outcome) => (
          <Plus key={outcome}>
            <Term
              dot={lookOf(outcome).dot}
              name={nameOutcome(outcome)}
              value={sums.get(outcome) ?? 0}
            />
          </Plus>
        ))}
        <Plus>
          <Term name="In flight" value={ledger.inFlight.items} />
        </Plus>
        {!balanced && (
          <Plus>
            <Term dot="bg-kumo-danger" isWrong name="Unexplained" value={ledger.difference} />
          </Plus>
        )}
      </div>
    </section>
  )
}

const ALWAYS_SHOWN = ['filtered', 'rate_limited', 'invalid', 'client_discard']

function sumOutcomes(ledger: Ledger): Map<string, number> {
  const sums = new Map<string, number>(ALWAYS_SHOWN.map((outcome) => [outcome, 0]))
  for (const { outcome, quantity } of ledger.outcomes) {
    if (outcome !== 'accepted') sums.set(outcome, (sums.get(outcome) ?? 0) + quantity)
  }
  return sums
}

type TermProps = { name: string; value: number; dot?: string; isTotal?: boolean; isWrong?: boolean }

function Term({ name, value, dot, isTotal, isWrong }: TermProps) {
  const faint = value === 0 && !isTotal ? 'text-kumo-subtle' : ''
  return (
    <div>
      <p className="flex items-center gap-1.5 text-xs whitespace-nowrap text-kumo-subtle">
        {dot !== undefined && <span className={`size-2 rounded-[2px] ${dot}`} />}
        {name}
      </p>
      <p className={`text-xl font-semibold ${isWrong ? 'text-kumo-danger' : faint}`}>
        {formatExact(value)}
      </p>
    </div>
  )
}

function Sign({ children }: { children: string }) {
  return <span className="pb-0.5 text-lg text-kumo-subtle">{children}</span>
}

/** A term with its sign; the two stay on one line. */
function Plus({ children }: { children: React.ReactNode }) {
  return (
    <div className="flex items-end gap-3">
      <Sign>+</Sign>
      {children}
    </div>
  )
}
