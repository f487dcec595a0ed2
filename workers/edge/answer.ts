import { type ActiveLimit, formatActiveLimits } from '#domain/quota/active-limit.ts'

/** Why an ingest request is refused; texts are Relay's (spec/ingest.md §1, errors). */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 503
  detail: string
  /** What exactly, outermost first. */
  causes?: string[]
  retryAfterSeconds?: number
}

/** Headers every ingest answer carries, errors included: browsers read none without them. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-sentry-error, x-sentry-rate-limits, retry-after, location, upload-offset, tus-resumable',
}

const PREFLIGHT_HEADERS = {
  ...CORS_HEADERS,
  'access-control-allow-methods': 'POST, PATCH, GET',
  'access-control-allow-headers':
    'x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, ' +
    'authentication, authorization, content-encoding, transfer-encoding, sentry-trace, baggage, ' +
    'traceparent, tus-resumable, upload-length, upload-offset, x-decoded-content-length',
  'access-control-max-age': '3600',
}

export function answerPreflight(): Response {
  return new Response(null, { status: 200, headers: PREFLIGHT_HEADERS })
}

export function answerRefusal(refusal: Refusal): Response {
  const { status, detail, causes, retryAfterSeconds } = refusal
  return Response.json(causes ? { detail, causes } : { detail }, {
    status,
    headers: {
      ...CORS_HEADERS,
      'x-sentry-error': printable(detail),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** Success with nothing to say: 200, 201, 202, 204. */
export function answerEmpty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { ...CORS_HEADERS, ...headers } })
}

/** What crash handlers are told: the event's id as a hyphenated UUID. */
export function answerUuid(eventId: string): Response {
  const uuid = eventId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return new Response(uuid, { headers: { ...CORS_HEADERS, 'content-type': 'text/plain' } })
}

/** 200 with the event's id, or `{}` where none was sent; limits are told on success too. */
export function answerAccepted(
  eventId: string | null,
  limits: ActiveLimit[],
  now: number,
): Response {
  const headers = { ...CORS_HEADERS, ...limitHeaders(limits, now) }
  return Response.json(eventId ? { id: eventId } : {}, { headers })
}

export function answerRateLimited(limits: ActiveLimit[], now: number): Response {
  const detail = 'event submission rejected due to rate limits'
  return Response.json(
    { detail },
    { status: 429, headers: { ...CORS_HEADERS, ...limitHeaders(limits, now) } },
  )
}

/** What `GET …/store/` answers: a 1×1 transparent GIF, because an <img> asked. */
export function answerPixel(): Response {
  const gif = Uint8Array.from(
    atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
    (c) => c.charCodeAt(0),
  )
  return new Response(gif, { headers: { ...CORS_HEADERS, 'content-type': 'image/gif' } })
}

function limitHeaders(limits: ActiveLimit[], now: number): Record<string, string> {
  const active = formatActiveLimits(limits, now)
  if (!active) return {}
  return {
    'x-sentry-rate-limits': active.rateLimits,
    'retry-after': String(active.retryAfterSeconds),
  }
}

/** A header value may not carry what a client's bytes brought into the text. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200)
}
