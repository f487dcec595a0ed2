import { compileGlob, compilePathGlob } from '../glob/glob.ts'
import type { PlatformFamily } from '../platform-family.ts'
import type { ExceptionFacts, FrameFacts, Matcher } from './rule.ts'

export type FrameTest = (frame: FrameFacts) => boolean
export type FamilyTest = (family: PlatformFamily) => boolean
export type ExceptionTest = (exception: ExceptionFacts) => boolean

export function compileFrameMatcher(matcher: Matcher): FrameTest {
  const test = frameTest(matcher)
  return matcher.isNegated ? (frame) => !test(frame) : test
}

export function compileFamilyMatcher({ pattern, isNegated }: Matcher): FamilyTest {
  const test = familyTest(pattern)
  return (family) => test(family) !== isNegated
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
    case 'family': {
      const test = familyTest(pattern)
      return ({ family }) => test(family)
    }
    case 'app':
      return inAppTest(pattern)
    default:
      return () => false
  }
}

/** A list such as `javascript,native`. Java belongs to `all` only. */
function familyTest(pattern: string): FamilyTest {
  const families = new Set(pattern.split(',').map((family) => family.trim()))
  if (families.has('all')) return () => true
  families.delete('java')
  return (family) => families.has(family)
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
