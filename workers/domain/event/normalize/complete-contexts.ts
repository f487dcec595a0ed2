/** Contexts are completed from what they hold (spec/event-processing.md §3.3). */
import { isObject, parseJson } from '../../json.ts'
import type { Pair } from '../event.ts'
import type { Dictionary } from '../own-key.ts'
import { parseCookies } from '../schema/request-schema.ts'
import { completeOs } from './complete-os.ts'
import { completeRuntime } from './complete-runtime.ts'
import { type Draft, isBlank } from './draft.ts'

const COMPLETERS: Record<string, (context: Dictionary) => void> = {
  os: completeOs,
  runtime: completeRuntime,
  browser: completeBrowser,
  response: completeResponse,
  trace: completeTrace,
}

/** Changes the contexts in place; readers made them anew. */
export function completeContexts(event: Draft): void {
  for (const context of Object.values(event.contexts ?? {})) {
    const type = context?.['type']
    if (context && typeof type === 'string' && Object.hasOwn(COMPLETERS, type)) {
      COMPLETERS[type]!(context)
    }
  }
}

/** `name version`, or the name alone. */
function completeBrowser(browser: Dictionary): void {
  const { name, version } = browser
  if (!isBlank(name)) browser['browser'] = isBlank(version) ? name : `${name} ${version}`
}

function completeTrace(trace: Dictionary): void {
  trace['status'] ??= 'unknown'
}

/** The response a request got: its body as what it encodes, its cookies apart. */
function completeResponse(response: Dictionary): void {
  const { data } = response
  const body = typeof data === 'string' ? parseJson(data) : undefined
  if (isObject(body) || Array.isArray(body)) {
    response['data'] = body
    response['inferred_content_type'] = 'application/json'
  }
  const headers = (response['headers'] ?? []) as Pair[]
  const setCookies = headers.filter((header) => header?.[0]?.toLowerCase() === 'set-cookie')
  if (setCookies.length === 0) return
  response['cookies'] ??= setCookies.flatMap((header) => firstCookie(header?.[1] ?? ''))
  response['headers'] = headers.filter((header) => !setCookies.includes(header))
}

/** The cookie that is set; what follows says for how long and where. */
function firstCookie(header: string): Pair[] {
  return parseCookies(header).slice(0, 1)
}
