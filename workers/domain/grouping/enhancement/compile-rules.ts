import {
  compileExceptionMatcher,
  compileFrameMatcher,
  type ExceptionTest,
  type FrameTest,
  isFixed,
  isOfException,
} from './compile-matcher.ts'
import {
  type EnhancementRule,
  type FrameFacts,
  type Matcher,
  printRule,
  type Range,
} from './rule.ts'

/** A rule ready to run. */
export interface CompiledRule {
  text: string
  exceptionTests: ExceptionTest[]
  /** On what no rule changes: path, package, module, function, family. */
  fixedTests: FrameTest[]
  /** On what earlier rules may have changed: category, in-app. */
  stateTests: FrameTest[]
  caller: FrameTest | null
  callee: FrameTest | null
  app: FlagActions | null
  group: FlagActions | null
  category: string | null
  maxFrames: number | null
  minFrames: number | null
}

/** The last value a rule names for each range. */
export type FlagActions = Partial<Record<Range, boolean>>

export interface CompiledRules {
  rules: CompiledRule[]
  /** Indexes of the rules that may concern a frame, as far as its fixed fields tell, in order. */
  candidates: (frame: FrameFacts) => readonly number[]
}

/** The default rules, then the project's: each pass runs through all of them in this order. */
export type RuleSets = readonly CompiledRules[]

/** Frames whose candidates are remembered. A busy project's frames are few; 4096 take about 1 MB. */
const REMEMBERED_FRAMES_MAX = 4096

export function compileRules(rules: EnhancementRule[]): CompiledRules {
  const compiled = rules.map(compileRule)
  const remembered = new Map<string, readonly number[]>()
  return {
    rules: compiled,
    candidates(frame) {
      const key = `${frame.family}\n${frame.function}\n${frame.module}\n${frame.path}\n${frame.package}`
      const known = remembered.get(key)
      if (known) return known
      const found = compiled.flatMap((rule, index) =>
        holds(rule.fixedTests, frame) ? [index] : [],
      )
      if (remembered.size >= REMEMBERED_FRAMES_MAX) remembered.clear()
      remembered.set(key, found)
      return found
    },
  }
}

export function holds(tests: FrameTest[], frame: FrameFacts): boolean {
  for (const test of tests) if (!test(frame)) return false
  return true
}

function compileRule(rule: EnhancementRule): CompiledRule {
  const onFrame = rule.matchers.filter((matcher) => !isOfException(matcher))
  const compiled: CompiledRule = {
    text: printRule(rule),
    exceptionTests: rule.matchers.filter(isOfException).map(compileExceptionMatcher),
    fixedTests: cheapFirst(onFrame.filter(isFixed)).map(compileFrameMatcher),
    stateTests: onFrame.filter((matcher) => !isFixed(matcher)).map(compileFrameMatcher),
    caller: rule.caller && compileFrameMatcher(rule.caller),
    callee: rule.callee && compileFrameMatcher(rule.callee),
    app: null,
    group: null,
    category: null,
    maxFrames: null,
    minFrames: null,
  }
  for (const action of rule.actions) {
    if (action.kind === 'app' || action.kind === 'group') {
      compiled[action.kind] = { ...compiled[action.kind], [action.range]: action.value }
    } else if (action.kind === 'category') compiled.category = action.category
    else if (action.kind === 'max-frames') compiled.maxFrames = action.count
    else if (action.kind === 'min-frames') compiled.minFrames = action.count
  }
  return compiled
}

function cheapFirst(matchers: Matcher[]): Matcher[] {
  return [...matchers].sort((a, b) => Number(b.key === 'family') - Number(a.key === 'family'))
}
