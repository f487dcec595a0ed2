import { formatAgo, formatLocal, formatUtc, parseTime } from './time-text.ts'
import { useNow } from './use-now.ts'

/** Relative on the page; absolute, in UTC and on the reader's clock, on hover. */
export function Ago({ at, className }: { at: string | null | undefined; className?: string }) {
  const now = useNow()
  const time = parseTime(at)
  if (time === undefined) return <span className={className}>never</span>
  return (
    <time
      className={className}
      dateTime={new Date(time).toISOString()}
      title={`${formatUtc(time)}\n${formatLocal(time)}`}
    >
      {formatAgo(time, Math.max(now, time))}
    </time>
  )
}
