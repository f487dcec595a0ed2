import type { EventRequest, Pair } from '../event.ts'
import { object, pairs } from './container.ts'
import {
  anything,
  freeObject,
  jsonString,
  lenientString,
  type Reader,
  string,
  unsigned,
} from './scalar.ts'

/** `content-type` → `Content-Type`; letters that are not first stay as they were sent. */
export const headerName: Reader<string> = (value, notes) => {
  const name = string(value, notes)
  return (
    name?.replace(
      /(^|-)([a-z])/g,
      (_, dash: string, letter: string) => dash + letter.toUpperCase(),
    ) ?? null
  )
}

/** Servers that keep a header's lines apart send them as a list. */
const headerValue: Reader<string> = (value, notes) => {
  if (!Array.isArray(value)) return lenientString(value, notes)
  return value.filter((line) => typeof line === 'string').join(',')
}

const cookiePairs = pairs(string, lenientString)
const queryPairs = pairs(string, jsonString)

/** `a=b; c=d` or pairs in any form. */
const cookies: Reader<Pair[]> = (value, notes) =>
  typeof value === 'string' ? parseCookies(value) : cookiePairs(value, notes)

/** `?a=b&c=d` or pairs in any form; nested values become JSON text. */
const queryString: Reader<Pair[]> = (value, notes) =>
  typeof value === 'string' ? parseQuery(value) : queryPairs(value, notes)

/** The pairs of a `Cookie` header; parts without `=` name a cookie without a value. */
export function parseCookies(header: string): Pair[] {
  const parts = header.split(';').map((part) => part.trim())
  return parts.filter((part) => part !== '').map((part) => splitAt(part, '='))
}

/** The pairs of a query string, with or without its `?`, in order and with duplicates. */
export function parseQuery(query: string): Pair[] {
  const parts = query.replace(/^\?/, '').split('&')
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const [key, value] = splitAt(part, '=')
      return [decodeForm(key), decodeForm(value)]
    })
}

function splitAt(text: string, separator: string): [string, string] {
  const end = text.indexOf(separator)
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + separator.length)]
}

/** Percent-decoded; text that is not valid UTF-8 after decoding stays as it was sent. */
export function decodeForm(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  if (!spaced.includes('%')) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return text // not percent-encoding: the text itself is the value
  }
}

export const request = object<EventRequest>({
  url: string,
  method: string,
  protocol: string,
  data: anything,
  query_string: queryString,
  fragment: string,
  cookies,
  headers: pairs(headerName, headerValue),
  env: freeObject,
  body_size: unsigned,
  inferred_content_type: string,
  api_target: string,
})
