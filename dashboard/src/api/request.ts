import { z } from 'zod/mini'

/** The server refused, could not be reached (status 0), or answered what our contract does not know. */
export class ApiFailure extends Error {
  readonly status: number
  readonly path: string
  /** What is wrong, field by field, where the server says it so. */
  readonly fields: Record<string, string[]>

  constructor(
    status: number,
    path: string,
    message: string,
    fields: Record<string, string[]> = {},
  ) {
    super(message)
    this.name = 'ApiFailure'
    this.status = status
    this.path = path
    this.fields = fields
  }
}

type Ask = { method?: 'GET' | 'POST' | 'PUT' | 'DELETE'; body?: unknown; signal?: AbortSignal }

/** `path` is below `/api/0`. Throws ApiFailure for every status outside 2xx. */
export async function send(path: string, ask: Ask = {}): Promise<Response> {
  const response = await reach(path, {
    method: ask.method ?? 'GET',
    credentials: 'same-origin',
    headers: ask.body === undefined ? {} : { 'content-type': 'application/json' },
    body: ask.body === undefined ? undefined : JSON.stringify(ask.body),
    signal: ask.signal,
  })
  if (!response.ok) {
    const { message, fields } = await readRefusal(response)
    throw new ApiFailure(response.status, path, message, fields)
  }
  return response
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api/0${path}`, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiFailure(0, path, 'No answer came. Is the network there, and the server running?')
  }
}

/** Sends and parses: what enters is checked here, once. */
export async function request<T>(
  schema: z.ZodMiniType<T>,
  path: string,
  ask: Ask = {},
): Promise<T> {
  const response = await send(path, ask)
  return parseAnswer(schema, path, await response.json())
}

export function parseAnswer<T>(schema: z.ZodMiniType<T>, path: string, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue ? `${issue.path.join('.') || 'answer'}: ${issue.message}` : 'unknown shape'
  throw new ApiFailure(200, path, `The server's answer is not what this page expects (${where})`)
}

type Refusal = { message: string; fields?: Record<string, string[]> }

const FieldErrors = z.record(z.string(), z.array(z.string()))

async function readRefusal(response: Response): Promise<Refusal> {
  const fallback = { message: `The server answered ${response.status}` }
  if (!response.headers.get('content-type')?.startsWith('application/json')) return fallback
  const body: unknown = await response.json()
  if (body !== null && typeof body === 'object' && 'detail' in body) {
    const { detail } = body
    if (typeof detail === 'string') return { message: detail }
    if (detail !== null && typeof detail === 'object' && 'message' in detail) {
      return { message: String(detail.message) }
    }
  }
  const fields = FieldErrors.safeParse(body).data
  return fields ? { message: Object.values(fields).flat().join(' '), fields } : fallback
}
