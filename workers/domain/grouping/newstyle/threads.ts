import { component, switchedOff } from '../component/component.ts'
import { stacktraceComponents } from './stacktrace.ts'
import type { StrategyOutcome } from './strategy.ts'
import type { PreparedThread, Subject } from './subject.ts'

/** The thread that crashed, else the one that was running, else the only one (spec/grouping.md §5.3). */
export function threads(subject: Subject): StrategyOutcome | null {
  if (subject.threads.length === 0) return null
  const chosen = chooseThread(subject.threads)
  if (!chosen?.stacktrace) {
    const hint = chosen ? 'the thread has no stack trace' : 'no thread stands out'
    return { variants: { app: switchedOff(component('threads', []), hint) } }
  }
  const { app, system } = stacktraceComponents(chosen.stacktrace, subject.options)
  return { variants: { app: component('threads', [app]), system: component('threads', [system]) } }
}

/** The only one of its kind, or null. */
export function chooseThread(threads: PreparedThread[]): PreparedThread | null {
  const crashed = threads.filter(({ thread }) => thread.crashed === true)
  const current = threads.filter(({ thread }) => thread.current === true)
  const group = [crashed, current, threads].find(({ length }) => length === 1)
  return group?.[0] ?? null
}
