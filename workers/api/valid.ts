import type { Context, MiddlewareHandler } from 'hono'
import * as z from 'zod/v4/core'

import type { ApiEnv } from './api-env.ts'
import { ApiError, type FieldErrors } from './on-error.ts'

/** Bodies of our routes are settings and lists of ids. */
const BODY_BYTES_MAX = 256 * 1024

type Validated<Target extends 'json' | 'query', Schema extends z.$ZodType> = {
  in: { [_ in Target]: z.input<Schema> }
  out: { [_ in Target]: z.output<Schema> }
}

/**
 * Parses what enters once, at the door. Of the query string every parameter the schema names comes
 * as the list of its values (see query.ts), others are ignored: clients send more than we know.
 */
export function valid<Target extends 'json' | 'query', Schema extends z.$ZodObject>(
  target: Target,
  schema: Schema,
): MiddlewareHandler<ApiEnv, string, Validated<Target, Schema>> {
  return async (c, next) => {
    const raw =
      target === 'json' ? await readJson(c) : readQuery(c, Object.keys(schema._zod.def.shape))
    const parsed = z.safeParse(schema, raw)
    if (!parsed.success) throw new ApiError('invalid', fieldErrors(parsed.error))
    c.req.addValidatedData(target, parsed.data as object)
    await next()
  }
}

async function readJson(c: Context): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? 0) > BODY_BYTES_MAX) throw new ApiError('too_large')
  const text = await c.req.text()
  if (text.length > BODY_BYTES_MAX) throw new ApiError('too_large')
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError('invalid', 'JSON parse error')
  }
}

function readQuery(c: Context, names: string[]): Record<string, string[]> {
  const search = new URL(c.req.url).searchParams
  const query: Record<string, string[]> = {}
  for (const name of names) {
    const values = search.getAll(name)
    if (values.length > 0) query[name] = values
  }
  return query
}

function fieldErrors(error: z.$ZodError): FieldErrors {
  const fields: FieldErrors = {}
  for (const { path, message } of error.issues) {
    const name = path.length > 0 ? String(path[0]) : 'nonFieldErrors'
    fields[name] = [...(fields[name] ?? []), message]
  }
  return fields
}
