import type { ScrubbingReach } from '#contract/scrubbing-preview.ts'
import { formatExact, formatShare } from '~/ui/number-text.ts'

type ReachProps = {
  reach: ScrubbingReach | null | undefined
  note: string | undefined
  isWaiting: boolean
}

/** How many of the newest stored events would change. */
export function Reach({ reach, note, isWaiting }: ReachProps) {
  if (!reach) {
    return (
      <p className="px-3.5 py-3 text-sm text-kumo-subtle">
        {isWaiting ? 'Counting how many stored events would change …' : 'Not counted yet.'}
      </p>
    )
  }
  const { events, changed, rules } = reach
  return (
    <section
      aria-busy={isWaiting}
      aria-label="How far it reaches"
      className={`px-3.5 py-3 text-sm ${isWaiting ? 'opacity-60' : ''}`}
    >
      <p>
        {events === 0 ? (
          'No event is stored yet.'
        ) : (
          <>
            <span className="font-semibold">{formatExact(changed)}</span> of the last{' '}
            {formatExact(events)} events would change
            {changed > 0 && ` (${formatShare(changed, events)})`}.
          </>
        )}
      </p>
      {events > 0 && (
        <div className="mt-2 h-1.5 overflow-hidden rounded-full bg-kumo-recessed">
          <div
            className="h-full rounded-full bg-kumo-brand"
            style={{ width: `${(changed / events) * 100}%` }}
          />
        </div>
      )}
      {rules.length > 0 && (
        <ul aria-label="By rule" className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {rules.map(({ rule, events: count }) => (
            <li key={rule}>
              <span className="font-mono">{rule}</span>{' '}
              <span className="text-kumo-subtle">{formatExact(count)}</span>
            </li>
          ))}
        </ul>
      )}
      {note !== undefined && <p className="mt-2 text-xs text-kumo-subtle">{note}</p>}
    </section>
  )
}
