/**
 * Fills the parameters of a log message into its template, the way the logger of the SDK's language
 * would: `%s` and `%(name)s`, or `{}`, `{0}` and `{name}` (spec/event-processing.md §3.6).
 */
import { isObject } from '../../json.ts'
import { getOwn } from '../own-key.ts'
import { jsonText } from '../schema/json-size.ts'

/** Where we stop: the message is cut shorter than that anyway, and a short template can be huge filled. */
const FORMATTED_CHARS_MAX = 16_384

const PRINTF =
  /%(?:\(([^()%]{1,200})\))?[-+# 0]{0,8}\d{0,4}(?:\.(\d{1,2}))?[hlL]{0,2}([diouxXeEfFgGcrsa%])/g
const BRACES = /\{\{|\}\}|\{([^{}]{0,200})\}/g

/** The filled template; null where a parameter is missing, or nothing was to fill in. */
export function formatMessage(template: string, parameters: unknown): string | null {
  if (typeof parameters !== 'object' || parameters === null) return null
  if (template.includes('%')) return fill(template, PRINTF, printfReader(parameters))
  return template.includes('{') ? fill(template, BRACES, bracesReader(parameters)) : null
}

/** What stands for one match; null fails the whole. */
type Replace = (match: RegExpMatchArray) => string | null

function fill(template: string, pattern: RegExp, replace: Replace): string | null {
  let formatted = ''
  let end = 0
  for (const match of template.matchAll(pattern)) {
    const text = replace(match)
    if (text === null) return null
    formatted += template.slice(end, match.index) + text
    end = match.index + match[0].length
    if (formatted.length > FORMATTED_CHARS_MAX) return formatted
  }
  return formatted + template.slice(end)
}

function printfReader(parameters: object): Replace {
  const next = positions(parameters)
  return ([, name, precision, conversion]) => {
    if (conversion === '%') return '%'
    const value = name === undefined ? next() : named(parameters, name)
    if (value === undefined) return null
    if (typeof value === 'number') return formatNumber(value, conversion!, precision)
    return conversion === 'r' && typeof value === 'string' ? jsonText(value) : plain(value)
  }
}

function bracesReader(parameters: object): Replace {
  const next = positions(parameters)
  return ([match, field]) => {
    if (field === undefined) return match!.charAt(0) // `{{` and `}}`
    const name = field.split(/[:!]/, 1)[0]!.trim()
    const value = name === '' ? next() : named(parameters, name)
    return value === undefined ? null : plain(value)
  }
}

/** Hands out the parameters of a list one by one, then undefined. */
function positions(parameters: object): () => unknown {
  let index = 0
  return () => {
    const value = Array.isArray(parameters) ? parameters[index] : undefined
    index += 1
    return value
  }
}

/** By name, or by index in a list. */
function named(parameters: object, name: string): unknown {
  if (Array.isArray(parameters))
    return /^\d{1,6}$/.test(name) ? parameters[Number(name)] : undefined
  return isObject(parameters) ? getOwn(parameters, name) : undefined
}

function formatNumber(value: number, conversion: string, precision: string | undefined): string {
  switch (conversion) {
    case 'd':
    case 'i':
    case 'u':
      return String(Math.trunc(value))
    case 'x':
      return Math.trunc(value).toString(16)
    case 'X':
      return Math.trunc(value).toString(16).toUpperCase()
    case 'o':
      return Math.trunc(value).toString(8)
    case 'f':
    case 'F':
      return value.toFixed(Number(precision ?? 6))
    case 'e':
    case 'E':
      return value.toExponential(Number(precision ?? 6))
    default:
      return String(value)
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value)
}
