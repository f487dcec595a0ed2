import { type CompiledRule, type CompiledRules, holds, type RuleSets } from './compile-rules.ts'
import { type ExceptionFacts, type FrameFacts, UNKNOWN } from './rule.ts'

/** A stack trace as rules see it. Rules change `category` and `inApp` of its frames. */
export interface RuleSubject {
  frames: FrameFacts[]
  exception: ExceptionFacts | null
}

const NO_EXCEPTION: ExceptionFacts = { type: UNKNOWN, value: UNKNOWN, mechanism: UNKNOWN }

/**
 * Runs `visit` for each rule that `isWanted`, with the frames it matches at that moment. Rules whose
 * fixed tests fit no frame are never looked at, so a stack trace costs by its frames, not by rules.
 */
export function visitMatches(
  sets: RuleSets,
  subject: RuleSubject,
  isWanted: (rule: CompiledRule) => boolean,
  visit: (rule: CompiledRule, matches: number[]) => void,
): void {
  for (const rules of sets) visitSet(rules, subject, isWanted, visit)
}

function visitSet(
  { rules, candidates }: CompiledRules,
  { frames, exception }: RuleSubject,
  isWanted: (rule: CompiledRule) => boolean,
  visit: (rule: CompiledRule, matches: number[]) => void,
): void {
  const framesByRule: number[][] = []
  for (const [at, frame] of frames.entries()) {
    for (const rule of candidates(frame)) {
      const known = framesByRule[rule]
      if (known) known.push(at)
      else framesByRule[rule] = [at]
    }
  }
  framesByRule.forEach((candidateFrames, index) => {
    const rule = rules[index]!
    if (!candidateFrames || !isWanted(rule)) return
    if (!rule.exceptionTests.every((test) => test(exception ?? NO_EXCEPTION))) return
    const matches = candidateFrames.filter((at) => matchesFrame(rule, frames, at))
    if (matches.length > 0) visit(rule, matches)
  })
}

/** Where there is no frame before or after, a test on it fails, even a negated one. */
function matchesFrame(rule: CompiledRule, frames: FrameFacts[], at: number): boolean {
  if (!holds(rule.stateTests, frames[at]!)) return false
  return isNeighbour(rule.caller, frames[at - 1]) && isNeighbour(rule.callee, frames[at + 1])
}

function isNeighbour(test: CompiledRule['caller'], frame: FrameFacts | undefined): boolean {
  return test === null || (frame !== undefined && test(frame))
}
