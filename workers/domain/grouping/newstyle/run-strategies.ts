import {
  type Component,
  component,
  hasContributing,
  switchedOff,
  textOf,
} from '../component/component.ts'
import { STRATEGIES } from './strategies.ts'
import type { StrategyOutcome, VariantName } from './strategy.ts'
import type { Subject } from './subject.ts'

export interface StrategyResults {
  /** One root per variant; `app` before `system` before `default`. */
  roots: [name: VariantName, root: Component][]
  mainExceptionId: number | null
}

/**
 * Runs all strategies; the first that has something to group by wins, what later ones found is
 * switched off (spec/grouping.md §4). Everything stays in the tree.
 */
export function runStrategies(subject: Subject): StrategyResults {
  const found: Record<VariantName, Component[]> = { app: [], system: [], default: [] }
  let winner: string | null = null
  let mainExceptionId: number | null = null
  for (const { name, isStackBased, strategy } of STRATEGIES) {
    const outcome = strategy(subject)
    if (!outcome) continue
    mainExceptionId ??= outcome.mainExceptionId ?? null
    const variants = isStackBased ? preferApp(outcome.variants, name) : outcome.variants
    let hasWon = false
    for (const key of ['app', 'system', 'default'] as const) {
      const variant = variants[key]
      if (!variant) continue
      const isLate = variant.contributes && winner !== null
      found[key].push(isLate ? switchedOff(variant, `the ${winner} takes precedence`) : variant)
      hasWon ||= variant.contributes
    }
    if (hasWon) winner ??= name
  }
  const rest = winner === null ? subject.options.lastResort?.(subject) : undefined
  if (rest?.variants.default) found.default.push(rest.variants.default)
  const roots = (['app', 'system', 'default'] as const)
    .filter((key) => found[key].length > 0)
    .map((key): [VariantName, Component] => [key, component(key, found[key], hintOf(found[key]))])
  return { roots, mainExceptionId }
}

/** In-app frames speak first; a variant without a stack trace is no match for one that has. */
function preferApp(variants: StrategyOutcome['variants'], name: string) {
  let { app, system } = variants
  if (!app || !system) return variants
  if (app.contributes && system.contributes && textOf(app) === textOf(system)) {
    system = switchedOff(system, `the same as the in-app ${name}`)
  }
  const traces = [app, system].map((variant) => hasContributing(variant, 'stacktrace'))
  if (traces[0] && !traces[1] && system.contributes) {
    system = switchedOff(system, `the stack trace of the in-app ${name} says more`)
  }
  if (traces[1] && !traces[0] && app.contributes) {
    app = switchedOff(app, `the stack trace of the ${name} with all frames says more`)
  }
  return { ...variants, app, system }
}

/** A root that does not count takes over why. */
function hintOf(components: Component[]): string | null {
  if (components.some(({ contributes }) => contributes)) return null
  return components.find(({ hint }) => hint !== null)?.hint ?? null
}
