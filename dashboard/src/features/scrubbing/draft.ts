import type { OrganizationSettings, ScrubbingSettings } from '#contract/project-settings.ts'

/** Scrubbing as the page holds it while it is edited. Lists are text, one entry a line. */
export type ScrubbingDraft = Pick<
  ScrubbingSettings,
  'dataScrubber' | 'dataScrubberDefaults' | 'scrubIPAddresses' | 'scrubbingRules'
> &
  Record<'sensitiveFields' | 'safeFields' | 'relayPiiConfig', string>

export function draftOf(settings: ScrubbingSettings): ScrubbingDraft {
  return {
    dataScrubber: settings.dataScrubber,
    dataScrubberDefaults: settings.dataScrubberDefaults,
    scrubIPAddresses: settings.scrubIPAddresses,
    sensitiveFields: settings.sensitiveFields.join('\n'),
    safeFields: settings.safeFields.join('\n'),
    scrubbingRules: settings.scrubbingRules,
    relayPiiConfig: settings.relayPiiConfig ?? '',
  }
}

/** What of the draft is not as it was saved; empty when nothing is. */
export function changeOf(
  draft: ScrubbingDraft,
  saved: ScrubbingSettings,
): Partial<ScrubbingSettings> {
  const before = draftOf(saved)
  const isChanged = (name: keyof ScrubbingDraft) =>
    JSON.stringify(draft[name]) !== JSON.stringify(before[name])
  const change: Partial<ScrubbingSettings> = {}
  for (const name of ['dataScrubber', 'dataScrubberDefaults', 'scrubIPAddresses'] as const) {
    if (isChanged(name)) change[name] = draft[name]
  }
  for (const name of ['sensitiveFields', 'safeFields'] as const) {
    if (isChanged(name)) change[name] = linesOf(draft[name])
  }
  if (isChanged('scrubbingRules')) change.scrubbingRules = draft.scrubbingRules
  if (isChanged('relayPiiConfig')) change.relayPiiConfig = draft.relayPiiConfig
  return change
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** True for a rule that the organization asks of all its projects. */
export function isRuleAskedFor(organization: OrganizationSettings | undefined, rule: string) {
  return organization?.scrubbingRules[rule] === true
}
