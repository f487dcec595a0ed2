import type { FilterSettings } from '#contract/project-settings.ts'
import { CheckBox } from '~/ui/check-box.tsx'
import { Panel } from '~/ui/panel.tsx'
import { Switch } from '~/ui/switch.tsx'
import type { Caught } from './caught.ts'
import { CaughtCount } from './caught-count.tsx'
import {
  chooseBrowser,
  chosenBrowsers,
  OLD_BROWSERS,
  SWITCHED_FILTERS,
  type SwitchedFilter,
  sharesReason,
} from './filter-text.ts'

export type FilterListProps = {
  settings: FilterSettings
  caught: Map<string, Caught>
  days: number[]
}

type SwitchedFiltersProps = FilterListProps & {
  onChange: (change: Partial<FilterSettings>, name: string) => void
}

/** Filters for what nobody wants to hear of. Each is in force as soon as it is switched. */
export function SwitchedFilters({ settings, caught, days, onChange }: SwitchedFiltersProps) {
  return (
    <Panel flush note="counts are of the last 30 days" title="Noise">
      <ul className="divide-y divide-kumo-hairline">
        {SWITCHED_FILTERS.map((filter) => (
          <FilterRow
            caught={caught.get(filter.reason)}
            days={days}
            filter={filter}
            key={filter.option}
            onChange={(setting) => onChange({ [filter.option]: setting }, filter.name)}
            setting={settings[filter.option]}
          />
        ))}
      </ul>
    </Panel>
  )
}

type FilterRowProps = {
  filter: SwitchedFilter
  setting: boolean | string[]
  caught: Caught | undefined
  days: number[]
  onChange: (setting: boolean | string[]) => void
}

function FilterRow({ filter, setting, caught, days, onChange }: FilterRowProps) {
  const { name, says, reason } = filter
  const isOn = setting !== false
  return (
    <li className="flex items-start gap-3.5 px-3.5 py-3">
      <div className="pt-0.5">
        <Switch isOn={isOn} label={name} onChange={onChange} />
      </div>
      <div className="min-w-0 flex-1">
        <h3 className="text-sm font-medium">{name}</h3>
        <p className="text-sm text-kumo-subtle">{says}</p>
        {filter.option === 'filters:legacy-browsers' && isOn && (
          <OldBrowsers chosen={chosenBrowsers(setting)} onChange={onChange} />
        )}
      </div>
      <CaughtCount caught={caught} days={days} isShared={sharesReason(reason)} />
    </li>
  )
}

type OldBrowsersProps = { chosen: string[]; onChange: (chosen: string[]) => void }

/** Which browsers count as old. Choices of another server's that we list no longer stay as they are. */
function OldBrowsers({ chosen, onChange }: OldBrowsersProps) {
  const others = chosen.filter((id) => !OLD_BROWSERS.some(([known]) => known === id))
  const choices = [...OLD_BROWSERS, ...others.map((id): [string, string] => [id, id])]
  return (
    <ul
      aria-label="Which browsers"
      className="mt-2 grid gap-x-6 gap-y-1.5 sm:grid-cols-2 lg:grid-cols-1 xl:grid-cols-2"
    >
      {choices.map(([id, name]) => (
        <li
          className={`flex items-center gap-2 ${id === 'default' ? 'col-span-full' : ''}`}
          key={id}
        >
          <CheckBox
            checked={chosen.includes(id)}
            label={name}
            onChange={(isOn) => onChange(chooseBrowser(chosen, id, isOn))}
          />
          <span aria-hidden="true" className="text-sm">
            {name}
          </span>
        </li>
      ))}
    </ul>
  )
}
