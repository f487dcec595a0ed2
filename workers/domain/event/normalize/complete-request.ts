/** The request an event happened in, in parts that can be looked at (spec/event-processing.md §3.5). */
import { parseJson } from '../../json.ts'
import type { EventRequest, Json } from '../event.ts'
import { findHeader } from '../headers.ts'
import { type Dictionary, setOwn } from '../own-key.ts'
import type { Notes } from '../schema/notes.ts'
import { parseCookies, parseQuery } from '../schema/request-schema.ts'
import { type Draft, isBlank } from './draft.ts'

const METHOD = /^[A-Z_-]{3,32}$/
const FORM = 'application/x-www-form-urlencoded'

export function completeRequest(event: Draft, notes: Notes): void {
  const { request } = event
  if (!request) return
  notes.enter('request')
  completeMethod(request, notes)
  completeUrl(request)
  completeBody(request)
  completeCookies(request, notes)
  notes.leave()
}

function completeMethod(request: EventRequest, notes: Notes): void {
  const method = request.method?.toUpperCase()
  if (method === undefined) return
  request.method = METHOD.test(method)
    ? method
    : notes.at(['method'], () => notes.invalid('invalid http method', request.method))
}

/** Query and fragment get fields of their own, unless the SDK filled those, and leave the URL. */
function completeUrl(request: EventRequest): void {
  if (isBlank(request.url)) return
  // Some SDKs cut long URLs with a real ellipsis, which would be percent-encoded.
  const text = request.url.replace(/…$/, '...')
  const { url, query, fragment } = splitUrl(text)
  request.url = url
  if (!request.query_string?.length && query) request.query_string = parseQuery(query)
  if (isBlank(request.fragment) && fragment) request.fragment = fragment
}

function splitUrl(text: string): { url: string; query: string; fragment: string } {
  const parsed = URL.parse(text)
  if (parsed) {
    const [query, fragment] = [parsed.search.slice(1), parsed.hash.slice(1)]
    parsed.search = ''
    parsed.hash = ''
    return { url: parsed.href, query, fragment }
  }
  const [beforeHash, fragment] = splitOnce(text, '#')
  const [url, query] = splitOnce(beforeHash, '?')
  return { url, query, fragment }
}

function splitOnce(text: string, separator: string): [string, string] {
  const end = text.indexOf(separator)
  return end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)]
}

/** A body sent as text becomes what it encodes. */
function completeBody(request: EventRequest): void {
  const read = typeof request.data === 'string' ? readBody(request.data) : null
  if (read) {
    request.data = read.data
    request.inferred_content_type = read.type
    return
  }
  const type = findHeader(request.headers, 'content-type')?.split(';', 1)[0]?.trim()
  if (type && isBlank(request.inferred_content_type)) request.inferred_content_type = type
}

function readBody(text: string): { data: Json; type: string } | null {
  const data = parseJson(text)
  if (data !== undefined) return { data: data as Json, type: 'application/json' }
  const form = readForm(text)
  return form && { data: form as Json, type: FORM }
}

function readForm(text: string): Dictionary | null {
  // Cut JSON and XML have `=` and `&` too.
  if (text === '' || !isAscii(text) || /^(?:<\?xml|[{[])/.test(text)) return null
  const pairs = parseQuery(text)
  const [only] = pairs
  if (pairs.length === 1 && (only?.[1] === '' || only?.[1] === '=')) return null
  const form: Dictionary = {}
  for (const pair of pairs) if (pair?.[0] !== null && pair) setOwn(form, pair[0] ?? '', pair[1])
  return form
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return !/[^\u0000-\u007f]/.test(text)
}

/** The `Cookie` header is told as cookies, once. */
function completeCookies(request: EventRequest, notes: Notes): void {
  const { headers } = request
  const index = headers?.findIndex((header) => header?.[0]?.toLowerCase() === 'cookie') ?? -1
  if (!headers || index === -1) return
  const cookies = parseCookies(headers[index]?.[1] ?? '')
  if (!request.cookies && cookies.length === 0) return
  if (!request.cookies) request.cookies = cookies
  request.headers = headers.toSpliced(index, 1)
  notes.at(['headers'], () =>
    notes.rename((key) => {
      if (Number(key) === index) return null
      return [Number(key) > index ? String(Number(key) - 1) : key]
    }),
  )
}
