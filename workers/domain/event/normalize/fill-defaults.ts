import type { Notes } from '../schema/notes.ts'
import type { Draft } from './draft.ts'

/** What the protocol knows as platforms (spec/event-processing.md §2.2). */
const PLATFORMS = new Set(
  (
    'as3 c cfml cocoa csharp elixir go groovy haskell java javascript native node objc other perl ' +
    'php python ruby'
  ).split(' '),
)

/** Types an SDK may state, under all their names; every other one follows from what an event holds. */
const STATED_TYPES: Record<string, string> = {
  transaction: 'transaction',
  userreportv2: 'userreportv2',
  feedback: 'userreportv2',
}

const REPORTS = ['csp', 'hpkp', 'expectct', 'expectstaple', 'nel'] as const

/** What all events have: type, level, platform (spec/event-processing.md §3.8). */
export function decideType(event: Draft, notes: Notes): void {
  event.type = typeOf(event)
  event.level ??= event.type === 'transaction' ? 'info' : 'error'
  const platform = event.platform ?? 'other'
  event.platform = PLATFORMS.has(platform) ? platform : 'other'
  if (event.platform !== platform) notes.at(['platform'], () => notes.original(platform))
}

function typeOf(event: Draft): string {
  if (event.type && Object.hasOwn(STATED_TYPES, event.type)) return STATED_TYPES[event.type]!
  if (event.exception?.values?.length) return 'error'
  return REPORTS.find((report) => event[report]) ?? 'default'
}

export function fillDefaults(event: Draft, sdkClient: string | null): void {
  const isReport = REPORTS.some((report) => report === event.type)
  event.logger ??= isReport ? 'csp' : ''
  event.extra ??= {}
  if (!event.sdk && sdkClient) event.sdk = parseClient(sdkClient)
  for (const breadcrumb of event.breadcrumbs?.values ?? []) {
    if (!breadcrumb) continue
    breadcrumb.type ??= 'default'
    breadcrumb.level ??= 'info'
  }
}

/** `sentry.python/1.45.0`, as the authentication header names the SDK. */
function parseClient(client: string): Draft['sdk'] {
  const end = client.search(/[/ ]/)
  if (end === -1) return { name: client }
  return { name: client.slice(0, end), version: client.slice(end + 1) }
}
