import { EXTRA_RULES, type OrganizationSettings } from '#contract/project-settings.ts'
import { Panel } from '~/ui/panel.tsx'
import { isRuleAskedFor, type ScrubbingDraft } from './draft.ts'
import { SettingRow } from './setting-row.tsx'

export type DraftProps = {
  draft: ScrubbingDraft
  /** What holds for all projects of the organization, once it is known. */
  organization: OrganizationSettings | undefined
  /** These are the organization's own settings: each holds by itself, whatever the others say. */
  isForAll?: boolean
  onChange: (change: Partial<ScrubbingDraft>) => void
}

/** What is scrubbed at all. */
export function ScrubbingSwitches({ draft, organization, isForAll, onChange }: DraftProps) {
  const isOn = isForAll || draft.dataScrubber || organization?.dataScrubber === true
  return (
    <Panel flush title="What is scrubbed">
      <ul className="divide-y divide-kumo-hairline">
        <SettingRow
          isAskedFor={organization?.dataScrubber === true}
          isOn={draft.dataScrubber}
          name="Scrub events"
          onChange={(dataScrubber) => onChange({ dataScrubber })}
          says="Secrets are taken out before anything is stored. Off, only IP addresses and advanced rules are left."
        />
        <SettingRow
          isAskedFor={organization?.dataScrubberDefaults === true}
          isIdle={!isOn}
          isOn={draft.dataScrubberDefaults}
          name="Default rules"
          onChange={(dataScrubberDefaults) => onChange({ dataScrubberDefaults })}
          says="Passwords, tokens, cards, bank accounts and social security numbers; Sentry’s rules and those below."
        />
        <SettingRow
          isAskedFor={organization?.scrubIPAddresses === true}
          isOn={draft.scrubIPAddresses}
          name="IP addresses"
          onChange={(scrubIPAddresses) => onChange({ scrubIPAddresses })}
          says="Visitors’ addresses are not stored; in messages, e-mail addresses go as well."
        />
      </ul>
    </Panel>
  )
}

/** Picket's own rules, each by its name. */
export function OwnRules({ draft, organization, isForAll, onChange }: DraftProps) {
  const isOn =
    isForAll ||
    ((draft.dataScrubber || organization?.dataScrubber === true) &&
      (draft.dataScrubberDefaults || organization?.dataScrubberDefaults === true))
  return (
    <Panel flush note="beyond Sentry’s, or more careful than they are" title="Picket’s rules">
      <ul className="divide-y divide-kumo-hairline">
        {Object.entries(EXTRA_RULES).map(([rule, says]) => (
          <SettingRow
            isAskedFor={isRuleAskedFor(organization, rule)}
            isIdle={!isOn}
            isOn={draft.scrubbingRules[rule] === true}
            key={rule}
            name={rule}
            onChange={(isOn) =>
              onChange({ scrubbingRules: { ...draft.scrubbingRules, [rule]: isOn } })
            }
            says={says}
          />
        ))}
      </ul>
    </Panel>
  )
}
