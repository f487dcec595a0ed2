import type { PicketEvent } from '#domain/event/event.ts'
import { compileGrouping } from './compile-grouping.ts'
import type { Fingerprint } from './fingerprint/resolve-fingerprint.ts'
import { changedFrames, type FrameChange } from './frame-change.ts'
import type { GroupingConfig, GroupingConfigId } from './grouping-config.ts'
import { groupNewstyle } from './newstyle/group-newstyle.ts'
import type { Variant } from './variant.ts'

export interface GroupedEvent {
  config: GroupingConfigId
  /** 32 lower-case hex each; the first is the one that decides in doubt. Never empty. */
  hashes: [primary: string, ...others: string[]]
  /** All there are, also those that do not contribute. */
  variants: Variant[]
  fingerprint: Fingerprint
  /** The exception the event is really about, by its mechanism's `exception_id`; for the title. */
  mainExceptionId: number | null
  /** What the title becomes by a fingerprint rule, or null. */
  title: string | null
  /** What the rules and trimming changed about frames. */
  frames: FrameChange[]
}

/**
 * Which issue an event belongs to: events that share a hash are one issue. Pure; costs in proportion
 * to the event's size, whatever it holds. Never throws on an event as it rests.
 */
export function groupEvent(event: PicketEvent, config: GroupingConfig): GroupedEvent {
  const { rules, options } = compileGrouping(config)
  const { subject, variants, fingerprint, mainExceptionId } = groupNewstyle(event, rules, options)
  return {
    config: config.id,
    hashes: hashesOf(variants),
    variants,
    fingerprint,
    mainExceptionId,
    title: fingerprint.title,
    frames: changedFrames(subject),
  }
}

/** Each hash once; `system` comes last, as the least particular. */
function hashesOf(variants: Variant[]): GroupedEvent['hashes'] {
  const ordered = [
    ...variants.filter(({ key }) => key !== 'system'),
    ...variants.filter(({ key }) => key === 'system'),
  ]
  return [...new Set(ordered.flatMap(({ hash }) => hash ?? []))] as GroupedEvent['hashes']
}
