import type { Stats } from '#contract/stats.ts'
import { sumByOutcome } from '~/api/ledger.ts'
import { BarChart } from '~/ui/bar-chart.tsx'
import { nameOutcome } from '~/ui/loss-text.ts'
import { Panel } from '~/ui/panel.tsx'
import { formatUtc } from '~/ui/time-text.ts'
import { lookOf, sortOutcomes } from './outcome-look.ts'

/** Outcomes over time, stacked, with the legend that names the colours. */
export function OutcomeChart({ stats, isHourly }: { stats: Stats; isHourly: boolean }) {
  const sums = sumByOutcome(stats)
  const outcomes = sortOutcomes(sums.keys())
  const names = stats.intervals.map((interval) => formatUtc(Date.parse(interval)))
  const ticks = names.map((name) => (isHourly ? name.slice(11, 16) : name.slice(5, 10)))
  return (
    <Panel note={`per ${isHourly ? 'hour' : 'day'}, UTC`} title="Outcomes over time">
      <BarChart
        label={`Outcomes per ${isHourly ? 'hour' : 'day'}`}
        names={names}
        series={outcomes.map((outcome) => ({
          name: nameOutcome(outcome),
          fill: lookOf(outcome).fill,
          values: sums.get(outcome) ?? [],
        }))}
        ticks={ticks}
      />
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-kumo-subtle">
        {outcomes.map((outcome) => (
          <li className="flex items-center gap-1.5" key={outcome}>
            <span className={`size-2 rounded-[2px] ${lookOf(outcome).dot}`} />
            {nameOutcome(outcome)}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
