import type { Result } from '#domain/result.ts'
import { type LineReader, parseLines, type RuleSyntaxError } from '../rule-syntax.ts'
import {
  type Action,
  type EnhancementRule,
  MATCHER_KEYS,
  type Matcher,
  type MatcherKey,
} from './rule.ts'

/** Reads stack-trace rules, one per line: `family:native function:log::* ^-group -group`. */
export function parseEnhancements(text: string): Result<EnhancementRule[], RuleSyntaxError> {
  return parseLines(text, readRule)
}

const ALIASES = new Map<string, MatcherKey>([
  ...MATCHER_KEYS.map((key): [string, MatcherKey] => [key, key]),
  ['stack.abs_path', 'path'],
  ['stack.package', 'package'],
  ['stack.module', 'module'],
  ['stack.function', 'function'],
  ['error.type', 'type'],
  ['error.value', 'value'],
  ['error.mechanism', 'mechanism'],
])

const MATCHER_HEAD = /(!?)([\w.-]+):/y
const BARE_WORD = /\S+/y
const FLAG = /([\^v]?)([+-])(app|group)(?=\s|$)/y
const VARIABLE = /(category|max-frames|min-frames|invert-stacktrace)=(\S*)/y

function readRule(reader: LineReader): EnhancementRule {
  const rule: EnhancementRule = { matchers: [], caller: null, callee: null, actions: [] }
  if (reader.takeText('[')) {
    rule.caller = readNeighbour(reader)
    reader.hasMore()
    if (!reader.takeText('|')) reader.fail('expected | after the caller')
  }
  while (reader.hasMore()) {
    const start = reader.at
    if (reader.takeText('|')) {
      if (rule.callee) reader.fail('a rule has one callee', start)
      reader.hasMore()
      if (!reader.takeText('[')) reader.fail('expected [ before the callee')
      rule.callee = readNeighbour(reader)
      continue
    }
    const matcher = readMatcher(reader, false)
    if (!matcher) {
      rule.actions.push(readAction(reader))
    } else if (rule.callee || rule.actions.length > 0) {
      reader.fail('matchers come before the callee and the actions', start)
    } else {
      rule.matchers.push(matcher)
    }
  }
  const hasMatcher = rule.matchers.length > 0 || rule.caller || rule.callee
  if (!hasMatcher) reader.fail('expected a matcher such as function:name', 0)
  if (rule.actions.length === 0) reader.fail('expected an action such as -app or +group')
  return rule
}

function readNeighbour(reader: LineReader): Matcher {
  reader.hasMore()
  const matcher = readMatcher(reader, true)
  if (!matcher) return reader.fail('expected a matcher such as function:name')
  reader.hasMore()
  if (!reader.takeText(']')) reader.fail('expected ] after the matcher')
  return matcher
}

/** Null where something else than `key:` stands. */
function readMatcher(reader: LineReader, isBracketed: boolean): Matcher | null {
  const start = reader.at
  const head = reader.take(MATCHER_HEAD)
  if (!head) return null
  const key = ALIASES.get(head[2]!)
  if (!key) return reader.fail(`unknown matcher ${head[2]}`, start + head[1]!.length)
  const pattern = reader.takeQuoted() ?? readBareWord(reader, isBracketed)
  return { key, pattern: pattern.replaceAll('\\\\', '\\'), isNegated: head[1] === '!' }
}

/** In `[function:a]` the bracket that closes belongs to the rule, unless another one follows. */
function readBareWord(reader: LineReader, isBracketed: boolean): string {
  const [word] = reader.take(BARE_WORD) ?? reader.fail('expected a pattern')
  const closes = isBracketed && word.length > 1 && word.endsWith(']')
  if (!closes || /^\s*\]/.test(reader.text.slice(reader.at))) return word
  reader.at--
  return word.slice(0, -1)
}

function readAction(reader: LineReader): Action {
  const flag = reader.take(FLAG)
  if (flag) {
    const range = flag[1] === '^' ? 'after' : flag[1] === 'v' ? 'before' : 'this'
    return { kind: flag[3] as 'app' | 'group', value: flag[2] === '+', range }
  }
  const start = reader.at
  const [, name, argument = ''] =
    reader.take(VARIABLE) ?? reader.fail(`unknown action ${reader.word()}`)
  const at = start + name!.length + 1
  if (name === 'category') {
    if (argument === '') reader.fail('expected the name of a category', at)
    return { kind: 'category', category: argument }
  }
  if (name === 'invert-stacktrace') {
    if (!/^[01]$/.test(argument)) reader.fail('expected 0 or 1', at)
    return { kind: name, value: argument === '1' }
  }
  if (!/^\d{1,9}$/.test(argument)) reader.fail('expected a number of frames', at)
  return { kind: name as 'max-frames' | 'min-frames', count: Number(argument) }
}
