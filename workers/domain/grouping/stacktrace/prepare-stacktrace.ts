import type { Exception, Stacktrace } from '#domain/event/event.ts'
import { classifyFrames } from '../enhancement/classify-frames.ts'
import type { RuleSets } from '../enhancement/compile-rules.ts'
import { type ExceptionFacts, UNKNOWN } from '../enhancement/rule.ts'
import { type RuleSubject, ruleSubject } from '../enhancement/rule-subject.ts'
import { type GroupingFrame, readFrame } from './frame.ts'
import { cleanMultiprocessingLine } from './multiprocessing-line.ts'

/** A stack trace ready for grouping, whose frames know whether they are in-app. */
export interface PreparedStacktrace {
  frames: GroupingFrame[]
  /** The same as rules see it. */
  subject: RuleSubject
}

export interface Preparation {
  platform: string
  rules: RuleSets
  cleansMultiprocessingLine: boolean
}

/**
 * Reads a stack trace, trims its functions' names and lets the rules decide which frames are in-app
 * (spec/grouping.md §2, step 3). Null when the event has none here.
 */
export function prepareStacktrace(
  stacktrace: Stacktrace | null | undefined,
  exception: Exception | null,
  { platform, rules, cleansMultiprocessingLine }: Preparation,
): PreparedStacktrace | null {
  if (typeof stacktrace !== 'object' || stacktrace === null) return null
  const frames: GroupingFrame[] = []
  const list = Array.isArray(stacktrace.frames) ? stacktrace.frames : []
  for (const [index, frame] of list.entries()) {
    if (typeof frame === 'object' && frame !== null) frames.push(readFrame(frame, index, platform))
  }
  if (cleansMultiprocessingLine) {
    for (const frame of frames) cleanMultiprocessingLine(frame, platform)
  }
  const facts = frames.map((frame) => frame.facts)
  const subject = ruleSubject(rules, facts, exception && readException(exception))
  const decidedBy = classifyFrames(subject)
  for (const [at, frame] of frames.entries()) {
    frame.facts.inApp ??= false
    frame.inApp = frame.facts.inApp
    frame.inAppRule = decidedBy[at]!
  }
  return { frames, subject }
}

function readException({ type, value, mechanism }: Exception): ExceptionFacts {
  return {
    type: typeof type === 'string' ? type : UNKNOWN,
    value: typeof value === 'string' ? value : UNKNOWN,
    mechanism: typeof mechanism?.type === 'string' ? mechanism.type : UNKNOWN,
  }
}
