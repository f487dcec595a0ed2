import { applyFlag } from './apply-flag.ts'
import { type RuleSubject, visitMatches } from './rule-subject.ts'

/** What the rules say about the frames that count for grouping. */
export interface FrameSelection {
  /** Per frame: taken in or out, and by which rule; null where no rule speaks. */
  verdicts: ({ contributes: boolean; rule: string } | null)[]
  /** 0: no limit. */
  maxFrames: number
  minFrames: number
}

/** The second pass of the rules, after `classifyFrames`. The same for all variants of a stack trace. */
export function selectFrames(subject: RuleSubject): FrameSelection {
  const { frames } = subject
  const selection: FrameSelection = {
    verdicts: frames.map(() => null),
    maxFrames: 0,
    minFrames: 0,
  }
  visitMatches(subject, 'selectors', ({ group, maxFrames, minFrames, text }, matches) => {
    if (group) {
      applyFlag(group, matches, frames.length, (at, contributes) => {
        selection.verdicts[at] = { contributes, rule: text }
      })
    }
    selection.maxFrames = maxFrames ?? selection.maxFrames
    selection.minFrames = minFrames ?? selection.minFrames
  })
  return selection
}
