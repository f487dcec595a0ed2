import type { PicketEvent } from '#domain/event/event.ts'
import type { Component } from '../component/component.ts'
import { type GroupedEvent, groupEvent } from '../group-event.ts'
import type { GroupingConfig, GroupingConfigId } from '../grouping-config.ts'
import type { Variant, VariantType } from '../variant.ts'
import { COMPONENT_NAMES } from './component-names.ts'
import { summarizeGrouping } from './summarize-grouping.ts'

/** Why an event is in its issue, in the shape Sentry's `grouping-info` endpoint answers in. */
export interface GroupingInfo {
  grouping_config: GroupingConfigId
  variants: Record<string, ExplainedVariant>
  /** Ours: the same in sentences. */
  summary: string[]
}

export interface ExplainedVariant {
  key: string
  type: VariantType
  description: string
  hash: string | null
  /** The event was stored with other hashes: its project grouped in another way then. */
  hashMismatch: boolean
  contributes: boolean
  hint: string | null
  component?: ExplainedComponent
  config?: { id: GroupingConfigId }
  values?: string[]
  client_values?: string[]
  matched_rule?: string
}

export interface ExplainedComponent {
  id: string
  /** In plain words, or null where the id says it. */
  name: string | null
  contributes: boolean
  hint: string | null
  values: (ExplainedComponent | string | number | null)[]
}

/** `storedHashes`: those the event has in the store, to tell what has changed since. */
export function explainGrouping(
  event: PicketEvent,
  config: GroupingConfig,
  storedHashes: readonly string[] | null = null,
): GroupingInfo {
  const grouped = groupEvent(event, config)
  const variants = grouped.variants.map((variant): [string, ExplainedVariant] => [
    variant.key,
    explainVariant(variant, grouped, storedHashes),
  ])
  return {
    grouping_config: grouped.config,
    variants: Object.fromEntries(variants),
    summary: summarizeGrouping(grouped),
  }
}

function explainVariant(
  variant: Variant,
  { config, fingerprint }: GroupedEvent,
  storedHashes: readonly string[] | null,
): ExplainedVariant {
  const { key, type, description, hash, contributes, hint, component, values } = variant
  const isByFingerprint = values !== null && !type.endsWith('checksum')
  return {
    key,
    type,
    description,
    hash,
    hashMismatch: hash !== null && storedHashes !== null && !storedHashes.includes(hash),
    contributes,
    hint,
    ...(component && { component: explainComponent(component), config: { id: config } }),
    ...(values && { values }),
    ...(isByFingerprint && { client_values: fingerprint.clientValues }),
    ...(isByFingerprint && fingerprint.matched && { matched_rule: fingerprint.matched.text }),
  }
}

function explainComponent({ id, contributes, hint, values }: Component): ExplainedComponent {
  return {
    id: id.replaceAll('_', '-'),
    name: COMPONENT_NAMES[id],
    contributes,
    hint,
    values: values.map((value) =>
      typeof value === 'object' && value !== null ? explainComponent(value) : value,
    ),
  }
}
