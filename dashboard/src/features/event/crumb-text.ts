import type { Breadcrumb } from '#contract/event.ts'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'

/** A breadcrumb in one line, and what of its data that line does not say. */
export type CrumbText = { kind: string; line: string; rest: [key: string, value: unknown][] }

/** Where SDKs put a request's method and its answer's status, oldest habit first. */
const METHOD_KEYS = ['method', 'http.method', 'http.request.method']
const STATUS_KEYS = ['status_code', 'status', 'http.response.status_code']

/** Requests and navigations say what they did in their data; others say it in a message. */
export function describeCrumb(crumb: Breadcrumb): CrumbText {
  const type = asText(crumb.type)
  const kind = asText(crumb.category) || (type === 'default' ? '' : type) || 'step'
  const message = asText(crumb.message)
  const pairs = asPairs(crumb.data).filter(([, value]) => !isBlank(value))
  const data = new Map(pairs)
  const without = (...keys: string[]) => pairs.filter(([key]) => !keys.includes(key))
  if (message !== '') return { kind, line: message, rest: pairs }
  if (data.has('url')) {
    const method = METHOD_KEYS.find((key) => data.has(key)) ?? ''
    const status = STATUS_KEYS.find((key) => data.has(key)) ?? ''
    const said = [asText(data.get(method)), asText(data.get('url'))]
    if (status !== '') said.push(`→ ${asText(data.get(status))}`)
    const line = said.filter((part) => part !== '').join(' ')
    return { kind, line, rest: without(method, 'url', status) }
  }
  if (data.has('to')) {
    const from = asText(data.get('from'))
    const line = `${from === '' ? '' : `${from} `}→ ${asText(data.get('to'))}`
    return { kind, line, rest: without('from', 'to') }
  }
  if (pairs.length === 0 && !isBlank(crumb.data))
    return { kind, line: asText(crumb.data), rest: [] }
  return { kind, line: '', rest: pairs }
}
