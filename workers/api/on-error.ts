import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import { log } from '#platform/log.ts'

/** Every way we refuse a request, and the status each one has. */
const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
} as const satisfies Record<string, ContentfulStatusCode>

/** Texts that clients compare with (spec/web-api.md §1.5). */
const DETAIL = {
  invalid: 'Invalid request',
  unauthenticated: 'Authentication credentials were not provided.',
  forbidden: 'You do not have permission to perform this action.',
  not_found: 'The requested resource does not exist',
  conflict: 'The resource already exists',
  too_large: 'Request body too large',
  too_many: 'You are attempting to use this endpoint too frequently.',
} as const satisfies Record<Refusal, string>

export type Refusal = keyof typeof STATUS

/** Messages by field, as Sentry's validators give them; `nonFieldErrors` for the rest. */
export type FieldErrors = Record<string, string[]>

/** A request we refuse. The body is `{"detail"}` and nothing else, or messages by field. */
export class ApiError extends Error {
  readonly refusal: Refusal
  readonly fields: FieldErrors | null

  constructor(refusal: Refusal, detail: string | FieldErrors = DETAIL[refusal]) {
    super(typeof detail === 'string' ? detail : DETAIL[refusal])
    this.refusal = refusal
    this.fields = typeof detail === 'string' ? null : detail
  }
}

/** The only place that answers errors. What nobody foresaw is logged under the id we answer. */
export function onError(error: Error, c: Context): Response {
  if (error instanceof ApiError) {
    return c.json(error.fields ?? { detail: error.message }, STATUS[error.refusal])
  }
  const errorId = crypto.randomUUID().replaceAll('-', '')
  log.error('api.request_failed', {
    id: errorId,
    method: c.req.method,
    route: c.req.routePath,
    error,
  })
  return c.json({ detail: 'Internal Error', errorId }, 500)
}
