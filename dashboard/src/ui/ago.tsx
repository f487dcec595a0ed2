import { useTimeMode } from './time-mode.ts'
import { formatAgo, formatLocal, formatUtc, formatUtcShort, parseTime } from './time-text.ts'
import { useNow } from './use-now.ts'

type AgoProps = {
  at: string | null | undefined
  className?: string
  /** In UTC mode, leave out what a narrow column has no room for. */
  isShort?: boolean
  /** The other of the two ways, to stand beside the chosen one. */
  isOther?: boolean
}

/** Relative or in UTC, as the reader chose; always both, and the reader's own clock, on hover. */
export function Ago({ at, className, isShort = false, isOther = false }: AgoProps) {
  const now = useNow()
  const mode = useTimeMode()
  const time = parseTime(at)
  if (time === undefined) return <span className={className}>never</span>
  const ago = formatAgo(time, Math.max(now, time))
  const utc = isShort ? formatUtcShort(time) : formatUtc(time)
  return (
    <time
      className={className}
      dateTime={new Date(time).toISOString()}
      title={`${ago}\n${formatUtc(time)}\n${formatLocal(time)}`}
    >
      {(mode === 'utc') === isOther ? ago : utc}
    </time>
  )
}
