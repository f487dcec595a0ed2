import { type ReactNode, useState } from 'react'
import type { FilterSettings } from '#contract/project-settings.ts'
import { Button } from '~/ui/button.tsx'
import { Panel } from '~/ui/panel.tsx'
import { TextArea } from '~/ui/text-area.tsx'
import { CaughtCount } from './caught-count.tsx'
import { LISTED_FILTERS, type ListedFilter, sharesReason } from './filter-text.ts'
import type { FilterListProps } from './switched-filters.tsx'

type ListedFiltersProps = FilterListProps & {
  /** Answers what is wrong with the entries, or nothing once they are saved. */
  onSave: (change: Partial<FilterSettings>, name: string) => Promise<string | undefined>
}

/** Filters by lists of the project's own. Each is saved by itself. */
export function ListedFilters({ settings, caught, days, onSave }: ListedFiltersProps) {
  return (
    <Panel flush note="one entry a line" title="Your own lists">
      <ul className="divide-y divide-kumo-hairline">
        {LISTED_FILTERS.map((filter) => (
          <li className="px-3.5 py-3" key={filter.option}>
            <ListEditor
              count={
                <CaughtCount
                  caught={caught.get(filter.reason)}
                  days={days}
                  isShared={sharesReason(filter.reason)}
                />
              }
              filter={filter}
              // What was saved elsewhere meanwhile replaces what stands here.
              key={settings[filter.option]}
              onSave={(text) => onSave({ [filter.option]: text }, filter.name)}
              saved={settings[filter.option]}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

type ListEditorProps = {
  filter: ListedFilter
  saved: string
  count: ReactNode
  onSave: (text: string) => Promise<string | undefined>
}

function ListEditor({ filter, saved, count, onSave }: ListEditorProps) {
  const { name, says, placeholder } = filter
  const [text, setText] = useState(saved)
  const [problem, setProblem] = useState<string>()
  const [isSaving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    setProblem(await onSave(text))
    setSaving(false)
  }
  return (
    <>
      <TextArea
        aside={count}
        hint={says}
        label={name}
        onChange={(event) => setText(event.target.value)}
        placeholder={placeholder}
        problem={problem}
        rows={Math.min(10, Math.max(2, text.split('\n').length))}
        value={text}
      />
      {text !== saved && (
        <div className="mt-2 flex gap-2">
          <Button disabled={isSaving} onClick={() => void save()} variant="primary">
            Save
          </Button>
          <Button
            disabled={isSaving}
            onClick={() => {
              setText(saved)
              setProblem(undefined)
            }}
          >
            Discard
          </Button>
        </div>
      )}
    </>
  )
}
