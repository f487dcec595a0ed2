import type { GroupingSettings } from '#contract/grouping.ts'
import { Button } from '~/ui/button.tsx'
import { Panel } from '~/ui/panel.tsx'
import { TextArea } from '~/ui/text-area.tsx'
import { VersionChoice } from './version-choice.tsx'

export type GroupingDraft = Pick<
  GroupingSettings,
  'groupingConfig' | 'groupingEnhancements' | 'fingerprintingRules'
>

type RulesFormProps = {
  draft: GroupingDraft
  /** What is wrong, by the field's name. */
  problems: Record<string, string[]>
  isChanged: boolean
  isBusy: boolean
  onChange: (change: Partial<GroupingDraft>) => void
  onPreview: () => void
  onSave: () => void
  onDiscard: () => void
}

/** The rules a project groups by. Trying them on what is stored comes first, saving second. */
export function RulesForm(props: RulesFormProps) {
  const { draft, problems, isChanged, isBusy, onChange, onPreview, onSave, onDiscard } = props
  return (
    <Panel note="what makes events one issue" title="Rules">
      <div className="space-y-4 py-1">
        <VersionChoice
          chosen={draft.groupingConfig}
          onChoose={(groupingConfig) => onChange({ groupingConfig })}
        />
        <TextArea
          hint="Matchers, an arrow, and what the events they match are grouped by. The first match counts."
          label="Fingerprint rules"
          onChange={(event) => onChange({ fingerprintingRules: event.target.value })}
          placeholder={
            'error.type:DatabaseUnavailable -> system-down\nlogger:payments message:"*timeout*" -> payment-timeout'
          }
          problem={problems['fingerprintingRules']?.join('\n')}
          rows={rowsFor(draft.fingerprintingRules)}
          value={draft.fingerprintingRules}
        />
        <TextArea
          hint="Which frames are the app’s own, and which count. The last match counts."
          label="Stack trace rules"
          onChange={(event) => onChange({ groupingEnhancements: event.target.value })}
          placeholder={
            'stack.abs_path:**/vendor/** -app\nfamily:javascript stack.function:retry* -group'
          }
          problem={problems['groupingEnhancements']?.join('\n')}
          rows={rowsFor(draft.groupingEnhancements)}
          value={draft.groupingEnhancements}
        />
        {isChanged && (
          <div className="flex flex-wrap items-center gap-2">
            <Button disabled={isBusy} onClick={onPreview} variant="primary">
              Try on stored events
            </Button>
            <Button disabled={isBusy} onClick={onSave}>
              Save for new events only
            </Button>
            <Button disabled={isBusy} onClick={onDiscard} variant="ghost">
              Discard
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

function rowsFor(text: string): number {
  return Math.min(14, Math.max(3, text.split('\n').length + 1))
}
