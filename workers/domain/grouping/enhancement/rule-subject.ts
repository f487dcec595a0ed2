import {
  type CompiledRule,
  type CompiledRules,
  fitsEveryFrame,
  type RuleSets,
} from './compile-rules.ts'
import { type ExceptionFacts, type FrameFacts, UNKNOWN } from './rule.ts'

/** A stack trace as rules see it. Rules change `category` and `inApp` of its frames. */
export interface RuleSubject {
  frames: FrameFacts[]
  exception: ExceptionFacts
  /** Every category a frame has, or had. */
  categories: Set<string>
  /** Each set with the frames its rules may concern, by the rule's index. */
  sets: { rules: CompiledRules; framesByRule: (number[] | undefined)[] }[]
  everyFrame: number[]
}

const NO_EXCEPTION: ExceptionFacts = { type: UNKNOWN, value: UNKNOWN, mechanism: UNKNOWN }

export function ruleSubject(
  sets: RuleSets,
  frames: FrameFacts[],
  exception: ExceptionFacts | null,
): RuleSubject {
  return {
    frames,
    exception: exception ?? NO_EXCEPTION,
    categories: new Set(frames.flatMap(({ category }) => category ?? [])),
    sets: sets.map((rules) => ({ rules, framesByRule: findFrames(rules, frames) })),
    everyFrame: frames.map((_, at) => at),
  }
}

function findFrames(rules: CompiledRules, frames: FrameFacts[]): (number[] | undefined)[] {
  const framesByRule = new Array<number[] | undefined>(rules.count).fill(undefined)
  for (const [at, frame] of frames.entries()) {
    for (const { index } of rules.findCandidates(frame)) {
      const known = framesByRule[index]
      if (known) known.push(at)
      else framesByRule[index] = [at]
    }
  }
  return framesByRule
}

/**
 * Goes through the rules of one pass in order, with the frames each matches at that moment. A rule
 * that fits no frame costs nothing, so a stack trace costs by its frames.
 */
export function visitMatches(
  subject: RuleSubject,
  pass: 'classifiers' | 'selectors',
  visit: (rule: CompiledRule, matches: number[]) => void,
): void {
  for (const { rules, framesByRule } of subject.sets) {
    for (const rule of rules[pass]) {
      const possible = fitsEveryFrame(rule) ? subject.everyFrame : framesByRule[rule.index]
      if (!possible) continue
      if (rule.ownCategory !== null && !subject.categories.has(rule.ownCategory)) continue
      if (!rule.exceptionTests.every((test) => test(subject.exception))) continue
      const matches = possible.filter((at) => matchesFrame(rule, subject.frames, at))
      if (matches.length > 0) visit(rule, matches)
    }
  }
}

/** Where there is no frame before or after, a test on it fails, even a negated one. */
function matchesFrame(rule: CompiledRule, frames: FrameFacts[], at: number): boolean {
  for (const test of rule.stateTests) if (!test(frames[at]!)) return false
  return isNeighbour(rule.caller, frames[at - 1]) && isNeighbour(rule.callee, frames[at + 1])
}

function isNeighbour(test: CompiledRule['caller'], frame: FrameFacts | undefined): boolean {
  return test === null || (frame !== undefined && test(frame))
}
