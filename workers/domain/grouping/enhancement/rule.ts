import type { PlatformFamily } from '../platform-family.ts'

/**
 * Stack-trace rules (Sentry calls them enhancements): which frames are the application's own, what
 * they are about, and which count for grouping (spec/grouping.md §10).
 */
export interface EnhancementRule {
  matchers: Matcher[]
  /** Tests the frame that called, or was called by, the one the rule is about. */
  caller: Matcher | null
  callee: Matcher | null
  actions: Action[]
}

export const MATCHER_KEYS = [
  'path',
  'package',
  'module',
  'function',
  'category',
  'family',
  'app',
  'type',
  'value',
  'mechanism',
] as const
export type MatcherKey = (typeof MATCHER_KEYS)[number]

export interface Matcher {
  key: MatcherKey
  pattern: string
  isNegated: boolean
}

export type Action =
  | { kind: 'app' | 'group'; value: boolean; range: Range }
  | { kind: 'category'; category: string }
  | { kind: 'max-frames' | 'min-frames'; count: number }
  /** Read, as old rules hold it; does nothing. */
  | { kind: 'invert-stacktrace'; value: boolean }

/** The frame itself, all after it (towards the crash), or all before it. */
export type Range = 'this' | 'after' | 'before'

/** What matchers see of a frame. Path and package in the form `normalizePath` gives. */
export interface FrameFacts {
  function: string
  module: string | null
  path: string | null
  package: string | null
  family: PlatformFamily
  category: string | null
  inApp: boolean | null
}

/** What matchers see of the exception that owns the stack trace. */
export interface ExceptionFacts {
  type: string
  value: string
  mechanism: string
}

/** What stands for a function or an exception's part that is not known. */
export const UNKNOWN = '<unknown>'

/** The rule as one would write it; the panel and hints show this. */
export function printRule({ matchers, caller, callee, actions }: EnhancementRule): string {
  return [
    ...(caller ? [`[ ${printMatcher(caller)} ] |`] : []),
    ...matchers.map(printMatcher),
    ...(callee ? [`| [ ${printMatcher(callee)} ]`] : []),
    ...actions.map(printAction),
  ].join(' ')
}

function printMatcher({ key, pattern, isNegated }: Matcher): string {
  const isPlain = /^[^\s"#\]]+$/.test(pattern)
  const text = isPlain
    ? pattern.replaceAll('\\\\', '\\\\\\\\')
    : `"${pattern.replaceAll(/["\\]/g, '\\$&')}"`
  return `${isNegated ? '!' : ''}${key}:${text}`
}

const RANGE_SIGNS: Record<Range, string> = { this: '', after: '^', before: 'v' }

function printAction(action: Action): string {
  switch (action.kind) {
    case 'app':
    case 'group':
      return `${RANGE_SIGNS[action.range]}${action.value ? '+' : '-'}${action.kind}`
    case 'category':
      return `category=${action.category}`
    case 'max-frames':
    case 'min-frames':
      return `${action.kind}=${action.count}`
    case 'invert-stacktrace':
      return `${action.kind}=${Number(action.value)}`
  }
}
