import { compileCaselessGlob, compileGlob, compilePathGlob, normalizePath } from '../glob/glob.ts'
import { strip } from '../message/characters.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import type { FingerprintFacts } from './facts.ts'
import { type FingerprintMatcher, type FingerprintRule, printFingerprintRule } from './rule.ts'

export interface CompiledFingerprintRule {
  rule: FingerprintRule
  text: string
  isBuiltIn: boolean
  matches: (facts: FingerprintFacts) => boolean
}

/**
 * A rule's matchers form groups by what they look at: messages, exceptions, frames … It matches when
 * in every group one single item (one exception, one frame) satisfies all of the group's matchers.
 */
export function compileFingerprintRule(
  rule: FingerprintRule,
  isBuiltIn: boolean,
): CompiledFingerprintRule {
  const text = printFingerprintRule(rule)
  const matchers = rule.matchers.map(compileMatcher)
  const groups = [...Map.groupBy(matchers, ({ group }) => group).values()]
  const matches = (facts: FingerprintFacts) =>
    groups.every((members) =>
      itemsOf(members[0]!.group, facts).some((item) =>
        members.every(({ test, isNegated }) => test(item) !== isNegated),
      ),
    )
  return { rule, text, isBuiltIn, matches }
}

/** What is true of the event as a whole has one item, the event. */
type Group = 'messages' | 'exceptions' | 'frames' | 'event'

interface Item {
  facts: FingerprintFacts
  text?: string | null
  type?: string | null
  frame?: GroupingFrame
}

interface CompiledMatcher {
  group: Group
  isNegated: boolean
  test: (item: Item) => boolean
}

function itemsOf(group: Group, facts: FingerprintFacts): Item[] {
  const exceptions = facts.exceptions.map(({ type, value }) => ({ facts, type, text: value }))
  switch (group) {
    case 'messages':
      return facts.message === null ? exceptions : [{ facts, text: facts.message }, ...exceptions]
    case 'exceptions':
      return exceptions
    case 'frames':
      return facts.frames.map((frame) => ({ facts, frame }))
    case 'event':
      return [{ facts }]
  }
}

function compileMatcher({ key, pattern, isNegated }: FingerprintMatcher): CompiledMatcher {
  const on = (group: Group, test: CompiledMatcher['test']) => ({ group, isNegated, test })
  switch (key) {
    case 'message':
      return on(
        'messages',
        caselessTest(pattern, ({ text }) => text),
      )
    case 'value':
      return on(
        'exceptions',
        caselessTest(pattern, ({ text }) => text),
      )
    case 'type':
      return on(
        'exceptions',
        exactTest(pattern, ({ type }) => type),
      )
    case 'function':
      return on(
        'frames',
        exactTest(pattern, ({ frame }) => frame?.facts.function),
      )
    case 'module':
      return on(
        'frames',
        exactTest(pattern, ({ frame }) => frame?.module),
      )
    case 'path':
      return on(
        'frames',
        pathTest(pattern, ({ frame }) => frame?.facts.path),
      )
    case 'package':
      return on(
        'frames',
        pathTest(pattern, ({ frame }) => frame?.facts.package),
      )
    case 'app':
      return on('frames', inAppTest(pattern))
    case 'logger':
      return on(
        'event',
        exactTest(pattern, ({ facts }) => facts.logger),
      )
    case 'level':
      return on(
        'event',
        caselessTest(pattern, ({ facts }) => facts.level),
      )
    case 'family':
      return on(
        'event',
        listTest(pattern, ({ facts }) => facts.family),
      )
    case 'sdk':
      return on(
        'event',
        listTest(pattern, ({ facts }) => facts.sdk),
      )
    case 'release':
      return on(
        'event',
        pathTest(pattern, ({ facts }) => facts.release),
      )
    default: {
      const tag = key.slice('tags.'.length)
      return on(
        'event',
        exactTest(pattern, ({ facts }) => facts.tag(tag)),
      )
    }
  }
}

type Read = (item: Item) => string | null | undefined
type ItemTest = CompiledMatcher['test']

function exactTest(pattern: string, read: Read): ItemTest {
  return textTest(compileGlob(pattern), read, strip)
}

function caselessTest(pattern: string, read: Read): ItemTest {
  return textTest(compileCaselessGlob(pattern), read, (text) => strip(text).toLowerCase())
}

function pathTest(pattern: string, read: Read): ItemTest {
  return textTest(compilePathGlob(pattern), read, normalizePath)
}

/** What is not there never matches. */
function textTest(
  test: (text: string) => boolean,
  read: Read,
  normalize: (text: string) => string,
): ItemTest {
  return (item) => {
    const text = read(item)
    return typeof text === 'string' && test(normalize(text))
  }
}

/** A list such as `javascript,native`, or `all`. */
function listTest(pattern: string, read: Read): ItemTest {
  const names = new Set(pattern.split(',').map((name) => name.trim()))
  return (item) => names.has('all') || names.has(read(item) ?? '')
}

function inAppTest(pattern: string): ItemTest {
  const isYes = ['1', 'yes', 'true'].includes(pattern.toLowerCase())
  const isNo = ['0', 'no', 'false'].includes(pattern.toLowerCase())
  return ({ frame }) => frame !== undefined && (frame.inApp ? isYes : isNo)
}
