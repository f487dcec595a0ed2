import type { Ledger } from '#contract/ledger.ts'
import { formatExact } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'
import { formatDuration, parseTime } from '~/ui/time-text.ts'
import { useNow } from '~/ui/use-now.ts'

/** Older than this, something that is in flight is stuck. */
const STUCK_MS = 5 * 60_000

/** What was taken in and has no outcome yet, and what gave up on the way. */
export function InFlight({ ledger }: { ledger: Ledger }) {
  const now = useNow()
  const { journal, packs, items, oldestAt } = ledger.inFlight
  const oldest = parseTime(oldestAt)
  const age = oldest === undefined ? undefined : now - oldest
  const stuck = age !== undefined && age > STUCK_MS
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Panel note="accepted at the door, not yet stored" title="In flight">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-2 text-sm">
          <Figure name="Items" value={formatExact(items)} />
          <Figure name="Not yet packed" value={formatExact(journal)} />
          <Figure name="Packs under way" value={formatExact(packs)} />
          <Figure
            isWrong={stuck}
            name="Oldest waits"
            value={age === undefined ? '–' : formatDuration(age)}
          />
        </dl>
        {stuck && (
          <p className="mt-2 text-sm text-kumo-danger">
            Nothing should wait this long. The queue or the store is not keeping up.
          </p>
        )}
      </Panel>
      <Panel note="gave up after every retry" title="Dead letters">
        <dl>
          <Figure
            isWrong={ledger.deadLetters > 0}
            name="Waiting"
            value={formatExact(ledger.deadLetters)}
          />
        </dl>
        <p className="mt-2 text-sm text-kumo-subtle">
          {ledger.deadLetters === 0
            ? 'None: every item could be processed.'
            : 'They are kept and can be replayed once the cause is fixed.'}
        </p>
      </Panel>
    </div>
  )
}

function Figure({ name, value, isWrong }: { name: string; value: string; isWrong?: boolean }) {
  return (
    <div>
      <dt className="text-xs text-kumo-subtle">{name}</dt>
      <dd className={`text-base font-semibold ${isWrong ? 'text-kumo-danger' : ''}`}>{value}</dd>
    </div>
  )
}
