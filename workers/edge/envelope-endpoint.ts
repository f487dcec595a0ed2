import { parseDsn } from '#domain/dsn/parse-dsn.ts'
import {
  type EnvelopeError,
  type EnvelopeHeader,
  parseEnvelope,
  parseEnvelopeHeader,
} from '#domain/envelope/parse-envelope.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { accept } from './accept.ts'
import { answerAccepted, answerRefusal, type Refusal } from './answer.ts'
import { certifySender, credentialsFromDsn, readCredentials, type Sender } from './authenticate.ts'
import { checkLimits } from './check-limits.ts'
import type { Gate } from './edge-env.ts'
import { ENVELOPE_BYTES_MAX, readBody } from './read-body.ts'
import { newEventId, receivedFrom } from './received.ts'

/** `POST /api/{project}/envelope/`: any media type; authentication may stand in its first line. */
export async function receiveEnvelope(
  request: Request,
  projectId: number,
  secret: string,
  gateOf: (projectId: number) => Gate,
): Promise<Response> {
  const credentials = readCredentials(request)
  if (!credentials.ok) return answerRefusal(credentials.error)
  // A key that we never made is refused before its body is read.
  const early = credentials.value && (await certifySender(secret, projectId, credentials.value))
  if (early && !early.ok) return answerRefusal(early.error)
  const body = await readBody(request, ENVELOPE_BYTES_MAX)
  if (!body.ok) return answerRefusal(body.error)
  if (body.value.length === 0) return answerRefusal({ status: 400, detail: 'empty request body' })
  const sender = early ?? (await senderFromHeader(body.value, projectId, secret))
  if (!sender.ok) return answerRefusal(sender.error)

  const envelope = parseEnvelope(body.value)
  if (!envelope.ok) return answerRefusal(envelopeRefusal(envelope.error))
  const matches = checkDsn(envelope.value.header, sender.value)
  if (!matches.ok) return answerRefusal(matches.error)
  const limit = checkLimits(envelope.value.items)
  if (limit) return answerRefusal(limit)

  const { items } = envelope.value
  const { eventId, sentAt } = envelope.value.header
  if (items.length === 0) return answerAccepted(eventId, [], Date.now())
  const needsId = items.some(({ type }) => NEEDS_EVENT_ID.has(type))
  const id = eventId ?? newEventId()
  const received = receivedFrom(request, sender.value, { eventId: id, sentAt })
  const answerId = eventId ?? (needsId ? id : null)
  return accept({ sender: sender.value, items, received, answerId }, gateOf(projectId))
}

/** Items that belong to an event: where the header names none, one is made and told. */
const NEEDS_EVENT_ID = new Set([
  'event',
  'transaction',
  'security',
  'feedback',
  'attachment',
  'user_report',
])

/** Authentication by the `dsn` of the first line, where the request itself carries none. */
async function senderFromHeader(
  body: Uint8Array,
  projectId: number,
  secret: string,
): Promise<Result<Sender, Refusal>> {
  const header = parseEnvelopeHeader(firstLine(body))
  const credentials = credentialsFromDsn(header.ok ? header.value.dsn : null)
  return credentials.ok ? certifySender(secret, projectId, credentials.value) : credentials
}

function firstLine(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0x0a)
  return end === -1 ? bytes : bytes.subarray(0, end)
}

/** A `dsn` in the header must be that of the request; host, scheme and secret are not compared. */
function checkDsn(header: EnvelopeHeader, sender: Sender): Result<null, Refusal> {
  if (header.dsn === null) return ok(null)
  const dsn = parseDsn(header.dsn)
  const mismatch = (what: string): { ok: false; error: Refusal } =>
    err({
      status: 400,
      detail: 'invalid event envelope',
      causes: [`${what} header mismatch between envelope and request`],
    })
  if (!dsn) return err({ status: 400, detail: 'invalid event envelope', causes: ['bad dsn'] })
  if (dsn.projectId !== sender.projectId) return mismatch('project id')
  if (dsn.publicKey !== sender.publicKey) return mismatch('public key')
  return ok(null)
}

function envelopeRefusal(error: EnvelopeError): Refusal {
  return { status: 400, detail: 'invalid event envelope', causes: causesOf(error) }
}

function causesOf(error: EnvelopeError): string[] {
  switch (error.reason) {
    case 'header_invalid':
      return ['invalid envelope header', error.cause]
    case 'item_header_invalid':
      return ['invalid item header', `${error.cause} (item ${error.item})`]
    case 'payload_truncated':
      return [
        'unexpected end of file',
        `item ${error.item} announced ${error.wantedBytes} bytes, ${error.gotBytes} came`,
      ]
    case 'newline_missing':
      return ['missing newline after header or payload', `item ${error.item}`]
    case 'end_unexpected':
      return ['unexpected end of file', `item ${error.item}`]
    case 'too_many_items':
      return [`more than ${error.max} items`]
  }
}
