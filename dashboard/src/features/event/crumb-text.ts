import type { Breadcrumb } from '#contract/event.ts'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'

/** A breadcrumb in one line, and what of its data that line does not say. */
export type CrumbText = { kind: string; line: string; rest: [key: string, value: unknown][] }

/** Keys of `data` that the line already says, by what the line is made of. */
const REQUEST_KEYS = ['method', 'url', 'status_code', 'status', 'reason']
const NAVIGATION_KEYS = ['from', 'to']

/** Requests and navigations say what they did in their data; others say it in a message. */
export function describeCrumb(crumb: Breadcrumb): CrumbText {
  const type = asText(crumb.type)
  const kind = asText(crumb.category) || (type === 'default' ? '' : type) || 'step'
  const message = asText(crumb.message)
  const pairs = asPairs(crumb.data).filter(([, value]) => !isBlank(value))
  const data = new Map(pairs)
  const without = (keys: string[]) => pairs.filter(([key]) => !keys.includes(key))
  if (message !== '') return { kind, line: message, rest: pairs }
  if (data.has('url')) {
    const status = asText(data.get('status_code') ?? data.get('status'))
    const parts = [asText(data.get('method')), asText(data.get('url')), status && `→ ${status}`]
    return {
      kind,
      line: parts.filter((part) => part !== '').join(' '),
      rest: without(REQUEST_KEYS),
    }
  }
  if (data.has('to')) {
    const from = asText(data.get('from'))
    const line = `${from === '' ? '' : `${from} `}→ ${asText(data.get('to'))}`
    return { kind, line, rest: without(NAVIGATION_KEYS) }
  }
  if (pairs.length === 0 && !isBlank(crumb.data))
    return { kind, line: asText(crumb.data), rest: [] }
  return { kind, line: '', rest: pairs }
}
