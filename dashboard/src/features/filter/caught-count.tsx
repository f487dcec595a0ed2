import { formatCount } from '~/ui/number-text.ts'
import { Sparkline } from '~/ui/sparkline.tsx'
import type { Caught } from './caught.ts'

type CaughtCountProps = {
  caught: Caught | undefined
  /** Unix ms of each interval's start. */
  days: number[]
  /** Another filter is counted under the same reason. */
  isShared: boolean
}

/** How much a filter dropped in the last 30 days. */
export function CaughtCount({ caught, days, isShared }: CaughtCountProps) {
  const total = caught?.total ?? 0
  const words = isShared ? 'caught in 30 days, with the other list' : 'caught in 30 days'
  return (
    <span className="flex items-center gap-3 text-kumo-subtle">
      {caught && (
        <span className="hidden sm:block lg:hidden xl:block">
          <Sparkline
            height={20}
            label={`${total} caught in 30 days`}
            series={caught.series.map((count, i) => [(days[i] ?? 0) / 1000, count])}
            width={72}
          />
        </span>
      )}
      <span
        className="w-11 text-right text-xs whitespace-nowrap"
        title={`${formatCount(total)} ${words}`}
      >
        <span className={`block text-sm ${total > 0 ? 'font-semibold text-kumo-default' : ''}`}>
          {formatCount(total)}
        </span>
        caught
      </span>
    </span>
  )
}
