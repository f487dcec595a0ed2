import { component } from '../component/component.ts'
import { exceptionVariants } from './exception.ts'
import { filterExceptionGroup, type GroupedException } from './exception-group.ts'
import { mainExceptionId } from './main-exception.ts'
import type { StrategyOutcome } from './strategy.ts'
import type { Subject } from './subject.ts'

/** All exceptions of an event, one after another (spec/grouping.md §5.2). */
export function chainedException(subject: Subject): StrategyOutcome | null {
  if (subject.exceptions.length === 0) return null
  const all = subject.exceptions.map((prepared) => ({
    prepared,
    variants: exceptionVariants(prepared, subject),
  }))
  const filtered = filterExceptionGroup(all, subject)
  return {
    variants: chain(filtered.exceptions),
    mainExceptionId: mainExceptionId(subject.exceptions) ?? filtered.mainExceptionId,
  }
}

/** An exception without frames of its own is missing from the chain of all frames. */
function chain(exceptions: GroupedException[]): StrategyOutcome['variants'] {
  const [only] = exceptions
  if (exceptions.length === 1 && only) return { ...only.variants }
  const app = exceptions.map(({ variants }) => variants.app)
  const system = exceptions.flatMap(({ variants }) => variants.system ?? [])
  return {
    app: component('chained_exception', app),
    ...(system.length > 0 ? { system: component('chained_exception', system) } : {}),
  }
}
