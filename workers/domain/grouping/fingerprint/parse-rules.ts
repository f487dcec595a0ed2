import type { Result } from '#domain/result.ts'
import { type LineReader, parseLines, type RuleSyntaxError } from '../rule-syntax.ts'
import { type FingerprintMatcher, type FingerprintRule, fingerprintKey } from './rule.ts'
import { splitVariables } from './variable-syntax.ts'

/** Reads fingerprint rules, one per line: `type:Timeout -> timeout-{{ transaction }} title="Slow"`. */
export function parseFingerprinting(text: string): Result<FingerprintRule[], RuleSyntaxError> {
  return parseLines(text, readRule)
}

const BARE_KEY = /[\w.-]+/y
const BARE_WORD = /\S+/y
const ATTRIBUTE = /([a-zA-Z]\w*)=(?=")/y
const BARE_VALUE = /(?:\{\{\s*[^\s{}]+\s*\}\}|[^\s{,"])+/y

function readRule(reader: LineReader): FingerprintRule {
  const rule: FingerprintRule = { matchers: [], fingerprint: [], title: null }
  while (!reader.takeText('->')) {
    if (!reader.hasMore()) reader.fail('expected -> after the matchers')
    rule.matchers.push(readMatcher(reader))
    reader.hasMore()
  }
  if (rule.matchers.length === 0) reader.fail('expected a matcher such as type:Error', 0)
  while (reader.hasMore()) {
    readValue(reader, rule)
    reader.hasMore()
    reader.takeText(',')
  }
  if (rule.fingerprint.length === 0) reader.fail('expected a fingerprint after ->')
  return rule
}

function readMatcher(reader: LineReader): FingerprintMatcher {
  const isNegated = reader.takeText('!')
  const start = reader.at
  const name = reader.takeQuoted() ?? reader.take(BARE_KEY)?.[0]
  if (name === undefined || !reader.takeText(':')) {
    return reader.fail('expected a matcher such as type:Error, or ->', start)
  }
  const key = fingerprintKey(name)
  if (key === null) return reader.fail(`unknown matcher ${name}`, start)
  const pattern = reader.takeQuoted() ?? reader.take(BARE_WORD)?.[0]
  if (pattern === undefined) return reader.fail('expected a pattern')
  return { key, pattern: unescapeText(pattern), isNegated }
}

function readValue(reader: LineReader, rule: FingerprintRule): void {
  const start = reader.at
  const attribute = reader.take(ATTRIBUTE)?.[1]
  if (attribute !== undefined) {
    if (attribute !== 'title') reader.fail(`unknown attribute ${attribute}`, start)
    rule.title = unescapeText(reader.takeQuoted()!)
    return
  }
  const value =
    reader.takeQuoted() ??
    reader.take(BARE_VALUE)?.[0] ??
    reader.fail(`cannot read ${reader.word()}`)
  rule.fingerprint.push(...splitVariables(unescapeText(value)))
}

function unescapeText(text: string): string {
  return text.replaceAll('\\\\', '\\')
}
