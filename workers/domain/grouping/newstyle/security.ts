import { type Component, type ComponentId, component, switchedOff } from '../component/component.ts'
import type { StrategyOutcome } from './strategy.ts'
import type { Subject } from './subject.ts'

/** Reports by browsers about pages that broke a policy (spec/grouping.md §5.6). */
export function csp({ event }: Subject): StrategyOutcome | null {
  const report = record(event.csp)
  if (!report) return null
  const violated = text(report['violated_directive'])
  const directive = text(report['effective_directive']) || violated.split(' ', 1)[0]!
  const blocked = normalizeUri(text(report['blocked_uri']))
  const violation = localViolation(directive, violated, blocked)
  const uri = component('uri', [blocked])
  const parts: Component[] = [
    component('salt', [directive]),
    component('violation', violation === null ? [] : [violation]),
    violation === null ? uri : switchedOff(uri, 'the violation says more'),
  ]
  return { variants: { default: component('csp', parts) } }
}

export const hpkp = hostReport('hpkp', 'hpkp', 'hpkp')
export const expectStaple = hostReport('expectstaple', 'expect_staple', 'expect-staple')
export const expectCt = hostReport('expectct', 'expect_ct', 'expect-ct')

function hostReport(key: 'hpkp' | 'expectstaple' | 'expectct', id: ComponentId, salt: string) {
  return ({ event }: Subject): StrategyOutcome | null => {
    const report = record(event[key])
    if (!report) return null
    const hostname = text(report['hostname'])
    const parts = [
      component('salt', [salt]),
      component('hostname', hostname === '' ? [] : [hostname]),
    ]
    return { variants: { default: component(id, parts) } }
  }
}

const SELF = "'self'"

/** What was blocked: the host of a page, the scheme of anything else. */
function normalizeUri(uri: string): string {
  if (uri === '' || uri === 'self' || uri === SELF) return SELF
  if (!uri.includes(':')) return `${uri}:`
  const [, scheme = '', host = ''] = /^([^:]*):(?:\/\/([^/?#]*))?/.exec(uri) ?? []
  if (scheme === 'http' || scheme === 'https') return host
  return host === '' ? `${scheme}:` : `${scheme}://${host}`
}

/** Scripts written into the page or made from text, where the policy says which is forbidden. */
function localViolation(directive: string, violated: string, blocked: string): string | null {
  if (directive !== 'script-src' || blocked !== SELF) return null
  return ["'unsafe-inline'", "'unsafe-eval'"].find((word) => violated.includes(word)) ?? null
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
