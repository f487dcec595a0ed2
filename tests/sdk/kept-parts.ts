import type { Event, ExceptionValue } from '#contract/event.ts'

/** An event as an SDK sends it: legacy forms included, so every part is looked at with care. */
export type RawEvent = Record<string, unknown>

type Check = (raw: RawEvent, event: Event) => string[]

/** What of a sent event the API does not show; empty when every interface was kept. */
export function missingParts(raw: RawEvent, event: Event): string[] {
  return CHECKS.flatMap((check) => check(raw, event))
}

const CHECKS: Check[] = [
  function title(raw, event) {
    const last = values(raw['exception']).at(-1)
    // The type of a synthetic exception is a signal; its issue is named after a function.
    if (last?.['type'] && bag(last['mechanism'])['synthetic'] === true) {
      const shown = (entryValues(event, 'exception') as ExceptionValue[]).at(-1)
      const isNamed = shown?.stacktrace?.frames?.some((frame) => frame?.function === event.title)
      return isNamed ? [] : [`title (${event.title})`]
    }
    const sent = last ? [last['type'], last['value']] : [messageOf(raw)]
    const isShown = sent.some((text) => text && event.title.includes(firstWords(text)))
    return event.title !== '' && isShown ? [] : [`title (${event.title})`]
  },

  function culprit(raw, event) {
    const sent = raw['culprit'] || raw['transaction']
    if (!sent) return event.culprit === null || typeof event.culprit === 'string' ? [] : ['culprit']
    return event.culprit === String(sent).slice(0, 200) ? [] : [`culprit (${event.culprit})`]
  },

  function exceptions(raw, event) {
    const sent = values(raw['exception'])
    const shown = entryValues(event, 'exception') as ExceptionValue[]
    if (sent.length !== shown.length) return [`exception values (${shown.length})`]
    return sent.flatMap((value, index) => missingOfException(value, shown[index]!, index))
  },

  function message(raw, event) {
    const sent = messageOf(raw)
    if (!sent) return []
    const shown = event.entries.find(({ type }) => type === 'message')?.data as Bag | undefined
    return shown?.['formatted'] ? [] : ['message']
  },

  function breadcrumbs(raw, event) {
    const sent = values(raw['breadcrumbs']).length
    const shown = entryValues(event, 'breadcrumbs').length
    return sent === shown ? [] : [`breadcrumbs (${shown} of ${sent})`]
  },

  function request(raw, event) {
    const isShown = event.entries.some(({ type }) => type === 'request')
    return keys(raw['request']).length > 0 && !isShown ? ['request'] : []
  },

  function images(raw, event) {
    const sent = list(bag(raw['debug_meta'])['images']).length
    const shown = event.entries.find(({ type }) => type === 'debugmeta')?.data as Bag | undefined
    return sent === list(shown?.['images']).length ? [] : ['debug_meta']
  },

  function bags(raw, event) {
    return [
      ...absent('contexts', keys(raw['contexts']), event.contexts),
      ...absent('extra', keys(raw['extra']), event.context),
      ...absent('modules', keys(raw['modules']), event.packages),
      ...absent('user', keys(raw['user']), event.user),
    ]
  },

  function tags(raw, event) {
    const fields = ['release', 'environment', 'logger', 'level', 'transaction', 'server_name']
    const sent = [...fields.filter((field) => raw[field]), ...tagKeys(raw['tags'])]
    return absent(
      'tags',
      sent,
      Object.fromEntries(event.tags.map(({ key, value }) => [key, value])),
    )
  },

  function names(raw, event) {
    const sdk = bag(raw['sdk'])['name']
    return [
      ...(sdk && event.sdk?.name !== sdk ? ['sdk'] : []),
      ...(raw['platform'] !== event.platform ? ['platform'] : []),
    ]
  },
]

type Bag = Record<string, unknown>

function missingOfException(sent: Bag, shown: ExceptionValue, index: number): string[] {
  const place = `exception ${index}`
  const frames = list(bag(sent['stacktrace'])['frames']).filter((frame) => frame !== null) as Bag[]
  const shownFrames = (shown.stacktrace?.frames ?? []) as Bag[]
  const missing: string[] = []
  if (sent['type'] && shown.type !== sent['type']) missing.push(`${place} type`)
  if (sent['value'] && !shown.value) missing.push(`${place} value`)
  if (bag(sent['mechanism'])['type'] !== shown.mechanism?.['type'])
    missing.push(`${place} mechanism`)
  if (frames.length !== shownFrames.length) missing.push(`${place} frames (${shownFrames.length})`)
  const isKept = (frame: Bag, at: number): boolean => {
    const other = shownFrames[at] ?? {}
    const name = frame['function'] === '?' ? null : (frame['function'] ?? null)
    const isNamed = [other['function'] ?? null, other['rawFunction'] ?? null].includes(name)
    return isNamed && (frame['lineno'] ?? null) === (other['lineNo'] ?? null)
  }
  const lost = frames.findIndex((frame, at) => !isKept(frame, at))
  return lost === -1 ? missing : [...missing, `${place} frame ${lost}`]
}

function absent(part: string, sent: string[], shown: Bag | null | undefined): string[] {
  return sent.filter((key) => !Object.hasOwn(shown ?? {}, key)).map((key) => `${part}.${key}`)
}

/** Tags come as an object or as a list of pairs; a name keeps no spaces. */
function tagKeys(tags: unknown): string[] {
  const names = Array.isArray(tags) ? tags.map((pair) => String(list(pair)[0])) : keys(tags)
  return names.map((name) => name.trim().replaceAll(' ', '-'))
}

function messageOf(raw: RawEvent): string {
  for (const sent of [raw['logentry'], raw['message']]) {
    const text = typeof sent === 'string' ? sent : (bag(sent)['formatted'] ?? bag(sent)['message'])
    if (typeof text === 'string' && text !== '') return text
  }
  return ''
}

/** Enough to recognise a text by, and short of where titles are cut or parameters filled in. */
function firstWords(text: unknown): string {
  return String(text ?? '')
    .split(/[\n%{]/)[0]!
    .slice(0, 40)
    .trim()
}

/** A list, or an object that holds it as `values`. */
function values(part: unknown): Bag[] {
  const found = Array.isArray(part) ? part : list(bag(part)['values'])
  return found.filter((value) => value !== null) as Bag[]
}

function entryValues(event: Event, type: string): unknown[] {
  const data = event.entries.find((candidate) => candidate.type === type)?.data
  return list(bag(data)['values']).filter((value) => value !== null)
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const bag = (value: unknown): Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Bag) : {}
/** Keys of what holds something: SDKs send nulls, which nobody has to keep. */
const keys = (value: unknown): string[] =>
  Object.entries(bag(value)).flatMap(([key, held]) => (held === null ? [] : [key]))
