import type { StatSeries } from '#contract/issue.ts'
import { formatCount } from './number-text.ts'
import { formatUtc } from './time-text.ts'

type SparklineProps = { series: StatSeries; width?: number; height?: number; label: string }

/** Bars without axes; the last one is the running bucket. */
export function Sparkline({ series, width = 120, height = 28, label }: SparklineProps) {
  const max = Math.max(1, ...series.map(([, events]) => events))
  const step = width / Math.max(1, series.length)
  return (
    <svg
      aria-label={label}
      className="block max-w-full overflow-visible"
      height={height}
      preserveAspectRatio="none"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
    >
      {series.map(([at, events], i) => {
        const tall = events === 0 ? 1 : Math.max(2, (events / max) * height)
        return (
          <rect
            className={events === 0 ? 'fill-kumo-interact/60' : 'fill-current'}
            height={tall}
            key={at}
            rx={0.75}
            width={Math.max(1, step - 1.5)}
            x={i * step}
            y={height - tall}
          >
            <title>{`${formatCount(events)} events from ${formatUtc(at * 1000)}`}</title>
          </rect>
        )
      })}
    </svg>
  )
}
