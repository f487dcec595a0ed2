import { compileGlob, compilePathGlob } from '../glob/glob.ts'
import type { ExceptionFacts, FrameFacts, Matcher } from './rule.ts'

export type FrameTest = (frame: FrameFacts) => boolean
export type ExceptionTest = (exception: ExceptionFacts) => boolean

/** Keys whose answer no rule can change, so that it may be remembered for equal frames. */
export function isFixed({ key }: Matcher): boolean {
  return key !== 'app' && key !== 'category'
}

export function isOfException({ key }: Matcher): boolean {
  return key === 'type' || key === 'value' || key === 'mechanism'
}

export function compileFrameMatcher(matcher: Matcher): FrameTest {
  const test = frameTest(matcher)
  return matcher.isNegated ? (frame) => !test(frame) : test
}

export function compileExceptionMatcher({ key, pattern, isNegated }: Matcher): ExceptionTest {
  const test = compileGlob(pattern)
  const field = key as keyof ExceptionFacts
  return (exception) => test(exception[field]) !== isNegated
}

/** A field the frame has not got never matches. */
function frameTest({ key, pattern }: Matcher): FrameTest {
  switch (key) {
    case 'path':
    case 'package': {
      const test = compilePathGlob(pattern)
      return (frame) => frame[key] !== null && test(frame[key])
    }
    case 'module':
    case 'function':
    case 'category': {
      const test = compileGlob(pattern)
      return (frame) => frame[key] !== null && test(frame[key])
    }
    case 'family':
      return familyTest(pattern)
    case 'app':
      return inAppTest(pattern)
    default:
      return () => false
  }
}

/** A list such as `javascript,native`. Java belongs to `all` only. */
function familyTest(pattern: string): FrameTest {
  const families = new Set(pattern.split(',').map((family) => family.trim()))
  if (families.has('all')) return () => true
  families.delete('java')
  return (frame) => families.has(frame.family)
}

function inAppTest(pattern: string): FrameTest {
  switch (pattern.toLowerCase()) {
    case '1':
    case 'yes':
    case 'true':
      return (frame) => frame.inApp === true
    case '0':
    case 'no':
    case 'false':
      return (frame) => frame.inApp !== true
    default:
      return () => false
  }
}
