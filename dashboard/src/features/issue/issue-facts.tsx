import type { ReactNode } from 'react'
import type { Issue, StatSeries } from '#contract/issue.ts'
import { Ago } from '~/ui/ago.tsx'
import { formatCount, formatExact } from '~/ui/number-text.ts'
import { Sparkline } from '~/ui/sparkline.tsx'

/** How often, to how many, since when: the strip under an issue's name. */
export function IssueFacts({ issue }: { issue: Issue }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg bg-kumo-hairline ring-1 ring-kumo-line sm:grid-cols-4 xl:grid-cols-[repeat(4,minmax(0,1fr))_minmax(0,2fr)_minmax(0,2fr)]">
      <Fact name="Events" title={formatExact(Number(issue.count))}>
        {formatCount(Number(issue.count))}
      </Fact>
      <Fact name="Users" title={formatExact(issue.userCount)}>
        {formatCount(issue.userCount)}
      </Fact>
      <Seen at={issue.lastSeen} name="Last seen" />
      <Seen at={issue.firstSeen} name="First seen" />
      <Chart label="Last 24 hours" series={issue.stats?.['24h']} />
      <Chart label="Last 30 days" series={issue.stats?.['30d']} />
    </dl>
  )
}

function Fact({ name, title, children }: { name: string; title?: string; children: ReactNode }) {
  return (
    <div className="bg-kumo-base px-3 py-2" title={title}>
      <dt className="text-xs text-kumo-subtle">{name}</dt>
      <dd className="text-base font-semibold">{children}</dd>
    </div>
  )
}

function Seen({ name, at }: { name: string; at: string | null }) {
  return (
    <Fact name={name}>
      <Ago at={at} isShort />
      {at !== null && (
        <Ago
          at={at}
          className="block text-xs font-normal whitespace-nowrap text-kumo-subtle"
          isOther
          isShort
        />
      )}
    </Fact>
  )
}

function Chart({ label, series }: { label: string; series: StatSeries | undefined }) {
  if (!series || series.length === 0) return null
  const total = series.reduce((sum, [, events]) => sum + events, 0)
  return (
    <div className="bg-kumo-base px-3 py-2 sm:col-span-2 xl:col-span-1">
      <dt className="flex justify-between text-xs text-kumo-subtle">
        {label} <span>{formatCount(total)}</span>
      </dt>
      <dd className="mt-1 text-kumo-info">
        <div className="[&>svg]:w-full">
          <Sparkline
            height={34}
            label={`Events in the ${label.toLowerCase()}`}
            series={series}
            width={280}
          />
        </div>
      </dd>
    </div>
  )
}
