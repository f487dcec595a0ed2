import { component } from '../component/component.ts'
import { chainedException } from './chained-exception.ts'
import { csp, expectCt, expectStaple, hpkp } from './security.ts'
import { stacktraceComponents } from './stacktrace.ts'
import type { Strategy, StrategyOutcome } from './strategy.ts'
import type { Subject } from './subject.ts'
import { threads } from './threads.ts'

/** In the order of their preference (spec/grouping.md §1), each with what hints call it. */
export const STRATEGIES: { name: string; isStackBased: boolean; strategy: Strategy }[] = [
  { name: 'exception', isStackBased: true, strategy: chainedException },
  { name: 'threads', isStackBased: true, strategy: threads },
  { name: 'stack trace', isStackBased: true, strategy: eventStacktrace },
  { name: 'template', isStackBased: false, strategy: template },
  { name: 'CSP report', isStackBased: false, strategy: csp },
  { name: 'HPKP report', isStackBased: false, strategy: hpkp },
  { name: 'Expect-Staple report', isStackBased: false, strategy: expectStaple },
  { name: 'Expect-CT report', isStackBased: false, strategy: expectCt },
  { name: 'message', isStackBased: false, strategy: message },
]

/** A stack trace of the event itself. */
function eventStacktrace({ stacktrace, options }: Subject): StrategyOutcome | null {
  return stacktrace && { variants: { ...stacktraceComponents(stacktrace, options) } }
}

/** Where in a template it happened (spec/grouping.md §5.5). */
function template({ event }: Subject): StrategyOutcome | null {
  const place = event.template
  if (typeof place !== 'object' || place === null) return null
  const [filename, line] = [place['filename'], place['context_line']]
  return {
    variants: {
      default: component('template', [
        component('filename', typeof filename === 'string' && filename ? [filename] : []),
        component('context_line', typeof line === 'string' && line ? [line] : []),
      ]),
    },
  }
}

/** The message before its parameters were filled in, where it is known (spec/grouping.md §5.7). */
function message({ event, options }: Subject): StrategyOutcome | null {
  const entry = event.logentry
  const text = [entry?.message, entry?.formatted].find((text) => typeof text === 'string' && text)
  if (typeof text !== 'string') return null
  const normalized = options.message(text)
  const hint = normalized === text ? null : 'details that differ each time left out'
  return { variants: { default: component('message', [normalized], hint) } }
}
