import { jsonErrorPlace, jsonPlace, type TextPlace } from '#domain/json-place.ts'
import type { PiiConfigError } from '#domain/scrub/check-pii-config.ts'
import type { PatternReason } from '#domain/scrub/pattern/cursor.ts'
import type { SelectorReason } from '#domain/scrub/selector.ts'

/** What is wrong with advanced rules, in words, with its place in the text they came as. */
export function describePiiConfigError(error: PiiConfigError, text: string): string {
  const { line, column } = placeOf(error, text)
  return `Line ${line}, column ${column}: ${sentenceOf(error)}`
}

function placeOf(error: PiiConfigError, text: string): TextPlace {
  const start = { line: 1, column: 1 }
  if (error.reason === 'invalid_json') return jsonErrorPlace(text) ?? start
  return jsonPlace(text, error.path)
}

function sentenceOf(error: PiiConfigError): string {
  switch (error.reason) {
    case 'invalid_json':
      return 'this is not JSON'
    case 'invalid_shape':
      return `${error.path || 'the whole'}: ${error.message}`
    case 'unknown_type':
      return `${error.path}: there is no rule of this type`
    case 'missing_pattern':
      return `${error.path}: the rule needs a pattern`
    case 'missing_rules':
      return `${error.path}: the rule needs other rules to stand for`
    case 'nested_too_deep':
      return `${error.path}: rules may not stand in one another without end`
    case 'too_many_rules':
      return `${error.path}: this stands for too many rules`
    case 'unknown_rule':
      return `${error.path}: there is no rule "${error.rule}"`
    case 'invalid_pattern':
      return `${error.path}, character ${error.at + 1}: ${PATTERN_REASONS[error.why]}`
    case 'invalid_selector':
      return `${error.path}, character ${error.at + 1}: ${SELECTOR_REASONS[error.why]}`
  }
}

const PATTERN_REASONS: Record<PatternReason, string> = {
  unexpected_character: 'this character may not stand here',
  unexpected_end: 'the pattern ends too early',
  unknown_escape: 'there is no such escape',
  bad_class: 'this is no class of characters',
  bad_repetition: 'this cannot be repeated so',
  backreference:
    'references back to a group are not allowed: they cannot be searched in linear time',
  lookaround: 'looking ahead or behind is not allowed: it cannot be searched in linear time',
  unknown_flag: 'there is no such flag',
  too_deep: 'groups stand in one another too deep',
  too_large: 'the pattern is too large',
}

const SELECTOR_REASONS: Record<SelectorReason, string> = {
  empty: 'the selector is empty',
  too_long: 'the selector is too long',
  too_deep: 'parentheses stand in one another too deep',
  unexpected_character: 'this character may not stand here',
  unexpected_end: 'the selector ends too early',
  unclosed_quote: 'the quote is not closed',
  unclosed_parenthesis: 'the parenthesis is not closed',
  unknown_type: 'there is no such $type',
  deep_wildcard_twice: '** may stand only once in a path',
  bare_wildcard: '* alone would be everything; ** says so',
}
