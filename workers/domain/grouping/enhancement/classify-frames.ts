import { applyFlag } from './apply-flag.ts'
import type { CompiledRule, RuleSets } from './compile-rules.ts'
import { type RuleSubject, visitMatches } from './match-frames.ts'

/**
 * The first pass of the rules: which frames are in-app and what they are about. Changes the frames;
 * the answer says for each the rule that had the last word on in-app, or null.
 */
export function classifyFrames(rules: RuleSets, subject: RuleSubject): (string | null)[] {
  const decidedBy: (string | null)[] = subject.frames.map(() => null)
  visitMatches(rules, subject, isClassifier, ({ app, category, text }, matches) => {
    if (category !== null) for (const at of matches) subject.frames[at]!.category = category
    if (!app) return
    applyFlag(app, matches, subject.frames.length, (at, value) => {
      if (subject.frames[at]!.inApp !== value) decidedBy[at] = text
      subject.frames[at]!.inApp = value
    })
  })
  return decidedBy
}

function isClassifier({ app, category }: CompiledRule): boolean {
  return app !== null || category !== null
}
