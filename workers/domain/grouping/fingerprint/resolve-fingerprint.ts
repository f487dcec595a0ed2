import { parameterize } from '../message/parameterize.ts'
import type { CompiledFingerprintRule } from './compile-rules.ts'
import type { FingerprintFacts } from './facts.ts'
import { readVariable } from './variable.ts'
import { fillVariables, isDefaultVariable, variableName } from './variable-syntax.ts'

/** What decides about an event besides its own content. */
export interface Fingerprint {
  /** `default`: nothing does. `hybrid`: it tells apart what is the same. `custom`: it alone decides. */
  kind: 'default' | 'hybrid' | 'custom'
  /** As the SDK sent it, or the default. */
  clientValues: string[]
  /** Before variables are filled in. */
  values: string[]
  /** Filled in, `{{ default }}` left as it is. */
  resolved: string[]
  matched: CompiledFingerprintRule | null
  /** The title the rule asks for, or null. */
  title: string | null
}

const DEFAULT = '{{ default }}'

/** The first rule that matches replaces what the SDK sent (spec/grouping.md §2, §12). */
export function resolveFingerprint(
  facts: FingerprintFacts,
  rules: CompiledFingerprintRule[],
  unknownVariable: 'named' | 'kept',
): Fingerprint {
  const sent = facts.subject.event.fingerprint
  const texts = Array.isArray(sent) ? sent.filter((entry) => typeof entry === 'string') : []
  const clientValues = texts.length > 0 ? texts : [DEFAULT]
  const matched = rules.find((rule) => rule.matches(facts)) ?? null
  const values = matched?.rule.fingerprint ?? clientValues
  const defaults = values.filter(isDefaultVariable).length
  const kind = defaults === 0 ? 'custom' : values.length === 1 ? 'default' : 'hybrid'
  const title = matched?.rule.title ?? null
  return {
    kind,
    clientValues,
    values,
    resolved: values.map((entry) => resolveEntry(entry, facts, unknownVariable)),
    matched,
    title: title === null ? null : fillTitle(title, facts),
  }
}

function resolveEntry(
  entry: string,
  facts: FingerprintFacts,
  unknownVariable: 'named' | 'kept',
): string {
  const name = variableName(entry)
  if (name === null) return isEventText(entry, facts) ? parameterize(entry) : entry
  if (name === 'default') return DEFAULT
  const variable = readVariable(name, facts)
  if (variable) return variable.value ?? variable.fallback
  return unknownVariable === 'named' ? `<unrecognized-variable-${name}>` : entry
}

/** SDK users like to send the message as fingerprint, ids and all. */
function isEventText(entry: string, { subject, exceptions }: FingerprintFacts): boolean {
  const { logentry } = subject.event
  return (
    entry === logentry?.message ||
    entry === logentry?.formatted ||
    exceptions.some(({ value }) => value === entry)
  )
}

function fillTitle(title: string, facts: FingerprintFacts): string {
  return fillVariables(title, (name) => {
    const variable = readVariable(name === 'message' ? 'raw_message' : name, facts)
    return variable && (variable.value ?? variable.fallback)
  })
}
