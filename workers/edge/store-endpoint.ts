import { itemKind } from '#domain/envelope/item-kind.ts'
import { parseEventId, parseProjectId } from '#domain/identifier.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { accept } from './accept.ts'
import { answerPixel, answerRefusal, type Refusal } from './answer.ts'
import { AUTHENTICATION_MISSING, certifySender, readCredentials } from './authenticate.ts'
import type { World } from './edge-env.ts'
import { receiveEnvelope } from './envelope-endpoint.ts'
import { decompress, inflateEither, readBody, STORE_BYTES_MAX } from './read-body.ts'
import { newEventId, receivedFrom } from './received.ts'

/** Agents that write bare NaN and Infinity, which is not JSON. */
const WRITES_NAN = /^(?:raven-python|sentry-python)\//

/**
 * `POST|GET /api/{project}/store/` and `/api/store/`: one event as JSON, base64 or
 * base64(zlib(JSON)). `projectId` is null on the path without it; then the payload must name it.
 */
export async function receiveStore(
  request: Request,
  projectId: number | null,
  world: World,
): Promise<Response> {
  const isEnvelope = request.headers.get('content-type')?.includes('x-sentry-envelope') ?? false
  if (isEnvelope && projectId !== null && request.method === 'POST') {
    return receiveEnvelope(request, projectId, world)
  }
  const credentials = readCredentials(request)
  if (!credentials.ok) return answerRefusal(credentials.error)
  if (!credentials.value) return answerRefusal(AUTHENTICATION_MISSING)
  const body = await readPayload(request)
  if (!body.ok) return answerRefusal(body.error)
  const agent = credentials.value.client ?? request.headers.get('user-agent') ?? ''
  const event = parseEvent(body.value, WRITES_NAN.test(agent))
  if (!event.ok) return answerRefusal(event.error)

  const project = projectId ?? parseProjectId(String(event.value['project']))
  if (project === null) return answerRefusal(PROJECT_INVALID)
  const sender = await certifySender(world.secret, project, credentials.value)
  if (!sender.ok) return answerRefusal(sender.error)
  const eventId = parseEventId(event.value['event_id']) ?? newEventId()
  const type = event.value['type']
  const kind = typeof type === 'string' ? itemKind(type) : null
  const received = receivedFrom(request, sender.value, { eventId, sentAt: null })
  const payload = new TextEncoder().encode(JSON.stringify(event.value))
  const items = [{ type: kind ?? 'event', header: {}, payload }]
  const answer = await accept(
    { sender: sender.value, items, received, answerId: eventId, blobs: null },
    world,
  )
  return request.method === 'GET' && answer.ok ? answerPixel() : answer
}

export const PROJECT_INVALID: Refusal = { status: 400, detail: 'bad project path parameter' }

/** The text of the event, whichever way it was wrapped. */
async function readPayload(request: Request): Promise<Result<string, Refusal>> {
  if (request.method === 'GET') {
    const data = new URL(request.url).searchParams.get('sentry_data')
    return data ? unwrap(new TextEncoder().encode(data.replaceAll(' ', '+'))) : err(EMPTY)
  }
  const body = await readBody(request, STORE_BYTES_MAX)
  return body.ok ? unwrap(body.value) : body
}

const EMPTY: Refusal = { status: 400, detail: 'empty request body' }
const UNREADABLE: Refusal = { status: 400, detail: 'invalid request body' }

function unwrap(bytes: Uint8Array): Result<string, Refusal> {
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') return err(EMPTY)
  if (text.startsWith('{')) return ok(text)
  const decoded = decodeBase64(text)
  if (!decoded) return err({ ...UNREADABLE, causes: ['neither JSON nor base64'] })
  if (decoded[0] === 0x7b) return ok(new TextDecoder().decode(decoded))
  const inflated = decompress(decoded, inflateEither, STORE_BYTES_MAX)
  return inflated.ok ? ok(new TextDecoder().decode(inflated.value)) : inflated
}

function decodeBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null // refused by name above
  }
}

function parseEvent(text: string, mayHoldNan: boolean): Result<Record<string, unknown>, Refusal> {
  for (const candidate of mayHoldNan ? [text, withoutNan(text)] : [text]) {
    try {
      const value: unknown = JSON.parse(candidate)
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return ok(value as Record<string, unknown>)
      }
    } catch {
      // the next candidate, or the refusal below
    }
  }
  return err({ status: 400, detail: 'invalid JSON data: expected an object' })
}

/** Bare NaN and Infinity as null; strings are stepped over. */
function withoutNan(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (match) =>
    match.startsWith('"') ? match : 'null',
  )
}
