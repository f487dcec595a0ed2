import type { Component } from '../component/component.ts'
import type { Subject } from './subject.ts'

export type VariantName = 'app' | 'system' | 'default'

export interface StrategyOutcome {
  variants: Partial<Record<VariantName, Component>>
  mainExceptionId?: number | null
}

/** One way to group; null when the event has nothing for it. */
export type Strategy = (subject: Subject) => StrategyOutcome | null
