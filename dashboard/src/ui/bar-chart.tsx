import { formatCount } from './number-text.ts'

export type BarSeries = { name: string; fill: string; values: number[] }

type BarChartProps = {
  label: string
  series: BarSeries[]
  /** What a bar is called on hover, and (every few bars) below it. */
  names: string[]
  ticks: string[]
  height?: number
}

const WIDTH = 720
const GAP = 0.22

/** Stacked bars with one scale line. Drawn as plain SVG; stretches to its container. */
export function BarChart({ label, series, names, ticks, height = 120 }: BarChartProps) {
  const totals = names.map((_, i) => series.reduce((sum, each) => sum + (each.values[i] ?? 0), 0))
  const max = Math.max(1, ...totals)
  const step = WIDTH / Math.max(1, names.length)
  const tickEvery = Math.max(1, Math.ceil(names.length / 6))
  return (
    <figure aria-label={label} className="min-w-0">
      <div>
        <p className="mb-1 text-xs leading-none text-kumo-subtle">{formatCount(max)}</p>
        <svg
          aria-label={label}
          className="block w-full"
          height={height}
          preserveAspectRatio="none"
          role="img"
          viewBox={`0 0 ${WIDTH} ${height}`}
        >
          <line className="stroke-kumo-hairline" x1={0} x2={WIDTH} y1={0.5} y2={0.5} />
          <line
            className="stroke-kumo-line"
            x1={0}
            x2={WIDTH}
            y1={height - 0.5}
            y2={height - 0.5}
          />
          {names.map((name, i) => {
            let top = height
            return (
              <g className="hover:opacity-70" key={name}>
                <title>{describeBar(name, i, series)}</title>
                <rect fill="transparent" height={height} width={step} x={i * step} y={0} />
                {series.map((each) => {
                  const value = each.values[i] ?? 0
                  if (value === 0) return null
                  const tall = Math.max(2, (value / max) * (height - 4))
                  top -= tall
                  return (
                    <rect
                      className={each.fill}
                      height={tall}
                      key={each.name}
                      width={step * (1 - GAP)}
                      x={i * step + (step * GAP) / 2}
                      y={top}
                    />
                  )
                })}
              </g>
            )
          })}
        </svg>
      </div>
      <figcaption className="mt-1 flex text-xs text-kumo-subtle">
        {ticks.map((tick, i) =>
          i % tickEvery === 0 ? (
            <span
              className="min-w-0 truncate"
              key={names[i]}
              style={{ width: `${(Math.min(tickEvery, ticks.length - i) / ticks.length) * 100}%` }}
            >
              {tick}
            </span>
          ) : null,
        )}
      </figcaption>
    </figure>
  )
}

function describeBar(name: string, i: number, series: BarSeries[]): string {
  const parts = series.filter((each) => (each.values[i] ?? 0) > 0)
  if (parts.length === 0) return `${name}\nnothing`
  return [name, ...parts.map((each) => `${each.name}: ${formatCount(each.values[i] ?? 0)}`)].join(
    '\n',
  )
}
