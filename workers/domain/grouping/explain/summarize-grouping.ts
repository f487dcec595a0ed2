import type { Component } from '../component/component.ts'
import type { Fingerprint } from '../fingerprint/resolve-fingerprint.ts'
import type { GroupedEvent } from '../group-event.ts'
import type { Variant } from '../variant.ts'

/** Reasons one sentence names before it says how many more there are. */
const REASONS_MAX = 6

/** The decision in a few sentences: by what, what was left out and by which rule. */
export function summarizeGrouping({ variants, fingerprint }: GroupedEvent): string[] {
  const contributing = variants.filter(({ contributes }) => contributes)
  const others = variants.filter(({ contributes, hint }) => !contributes && hint !== null)
  return [
    ...contributing.map((variant) => `Grouped by ${variant.description}.`),
    ...summarizeFingerprint(fingerprint),
    ...contributing.flatMap(summarizeFrames),
    ...others.map(({ description, hint }) => `Not by ${description}: ${hint}.`),
  ]
}

function summarizeFingerprint({ kind, matched, resolved }: Fingerprint): string[] {
  if (kind === 'default') return []
  const who = matched
    ? `The ${matched.isBuiltIn ? 'built-in ' : ''}rule ${matched.text}`
    : 'The SDK'
  const what = resolved.map((value) => `“${value}”`).join(', ')
  return [`${who} asks for the fingerprint ${what}.`]
}

/** How many frames count, and why the others do not, the most frequent reason first. */
function summarizeFrames({ component, description }: Variant): string[] {
  const frames = component ? framesOf(component) : []
  if (frames.length === 0) return []
  const ignored = frames.filter(({ contributes }) => !contributes)
  const reasons = new Map<string, number>()
  for (const { hint } of ignored) {
    const reason = hint ?? 'nothing in it says where it is'
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b - a)
  const named = sorted.slice(0, REASONS_MAX).map(([reason, count]) => `${count} (${reason})`)
  const counted = `Of ${frames.length} frames ${frames.length - ignored.length} count for ${description}`
  if (ignored.length === 0) return [`${counted}.`]
  const more = sorted.length > REASONS_MAX ? ', and more' : ''
  return [`${counted}; ignored: ${named.join(', ')}${more}.`]
}

function framesOf(component: Component): Component[] {
  if (component.id === 'frame') return [component]
  return component.values.flatMap((value) =>
    typeof value === 'object' && value !== null ? framesOf(value) : [],
  )
}
