import {
  compileExceptionMatcher,
  compileFamilyMatcher,
  compileFrameMatcher,
  type ExceptionTest,
  type FamilyTest,
  type FrameTest,
} from './compile-matcher.ts'
import { candidateFinder } from './find-candidates.ts'
import {
  type EnhancementRule,
  type FrameFacts,
  type Matcher,
  type MatcherKey,
  printRule,
  type Range,
} from './rule.ts'

/** A rule ready to run. */
export interface CompiledRule {
  /** Where it stands among the rules of its text. */
  index: number
  text: string
  exceptionTests: ExceptionTest[]
  familyTests: FamilyTest[]
  /** On what no rule changes: path, package, module, function. */
  fixedTests: FrameTest[]
  /** On what earlier rules may have changed: category, in-app. */
  stateTests: FrameTest[]
  caller: FrameTest | null
  callee: FrameTest | null
  /** How the frame's function or module must begin, where the rule says so. */
  first: FirstCharacter | null
  /** The category the frame must have, where the rule says so. */
  ownCategory: string | null
  app: FlagActions | null
  group: FlagActions | null
  category: string | null
  maxFrames: number | null
  minFrames: number | null
}

export interface FirstCharacter {
  field: 'function' | 'module'
  character: string
}

/** The last value a rule names for each range. */
export type FlagActions = Partial<Record<Range, boolean>>

/** The rules of one text, in order. */
export interface CompiledRules {
  count: number
  /** Those of the first pass, which decide about in-app and categories. */
  classifiers: CompiledRule[]
  /** Those of the second, which decide what counts. */
  selectors: CompiledRule[]
  findCandidates: (frame: FrameFacts) => readonly CompiledRule[]
}

/** The default rules, then the project's: each pass runs through all of them in this order. */
export type RuleSets = readonly CompiledRules[]

export function compileRules(rules: EnhancementRule[]): CompiledRules {
  const compiled = rules.map(compileRule)
  return {
    count: compiled.length,
    classifiers: compiled.filter(({ app, category }) => app !== null || category !== null),
    selectors: compiled.filter(
      ({ group, maxFrames, minFrames }) =>
        group !== null || maxFrames !== null || minFrames !== null,
    ),
    findCandidates: candidateFinder(compiled.filter((rule) => !fitsEveryFrame(rule))),
  }
}

/** Whether only the frame's state can speak against a rule. */
export function fitsEveryFrame({ familyTests, fixedTests }: CompiledRule): boolean {
  return familyTests.length === 0 && fixedTests.length === 0
}

function compileRule(rule: EnhancementRule, index: number): CompiledRule {
  const { matchers, caller, callee } = rule
  const of = (...keys: MatcherKey[]) => matchers.filter(({ key }) => keys.includes(key))
  const compiled: CompiledRule = {
    index,
    text: printRule(rule),
    exceptionTests: of('type', 'value', 'mechanism').map(compileExceptionMatcher),
    familyTests: of('family').map(compileFamilyMatcher),
    fixedTests: of('path', 'package', 'module', 'function').map(compileFrameMatcher),
    stateTests: of('category', 'app').map(compileFrameMatcher),
    caller: caller && compileFrameMatcher(caller),
    callee: callee && compileFrameMatcher(callee),
    first: firstCharacter(matchers),
    ownCategory: ownCategory(matchers),
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

function firstCharacter(matchers: Matcher[]): FirstCharacter | null {
  for (const { key, pattern, isNegated } of matchers) {
    const isPlain = /^[^*?[{}\\]/.test(pattern)
    if ((key === 'function' || key === 'module') && isPlain && !isNegated) {
      return { field: key, character: pattern[0]! }
    }
  }
  return null
}

function ownCategory(matchers: Matcher[]): string | null {
  const named = matchers.find(
    ({ key, pattern, isNegated }) => key === 'category' && !isNegated && /^\w+$/.test(pattern),
  )
  return named?.pattern ?? null
}
