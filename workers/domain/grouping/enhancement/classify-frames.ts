import { applyFlag } from './apply-flag.ts'
import { type RuleSubject, visitMatches } from './rule-subject.ts'

/**
 * The first pass of the rules: which frames are in-app and what they are about. Changes the frames;
 * the answer says for each the rule that had the last word on in-app, or null.
 */
export function classifyFrames(subject: RuleSubject): (string | null)[] {
  const { frames, categories } = subject
  const decidedBy: (string | null)[] = frames.map(() => null)
  visitMatches(subject, 'classifiers', ({ app, category, text }, matches) => {
    if (category !== null) {
      categories.add(category)
      for (const at of matches) frames[at]!.category = category
    }
    if (!app) return
    applyFlag(app, matches, frames.length, (at, value) => {
      const frame = frames[at]!
      if (frame.inApp !== value) decidedBy[at] = text
      frame.inApp = value
    })
  })
  return decidedBy
}
