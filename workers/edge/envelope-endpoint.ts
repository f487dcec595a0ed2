import { parseDsn } from '#domain/dsn/parse-dsn.ts'
import { kindOfItem, needsEvent } from '#domain/envelope/item-kind.ts'
import {
  type Envelope,
  type EnvelopeError,
  type EnvelopeHeader,
  parseEnvelope,
  parseEnvelopeHeader,
} from '#domain/envelope/parse-envelope.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { ByteSource } from '#platform/byte-source.ts'
import { accept, configOf } from './accept.ts'
import { answerAccepted, answerRefusal, type Refusal } from './answer.ts'
import {
  certifySender,
  credentialsFromDsn,
  KEY_REFUSED,
  readCredentials,
  type Sender,
} from './authenticate.ts'
import { checkLimits } from './check-limits.ts'
import type { World } from './edge-env.ts'
import { KeptBlobs } from './kept-blobs.ts'
import { ENVELOPE_BYTES_MAX } from './read-body.ts'
import { readHeaderLine, readItems } from './read-envelope.ts'
import { receiveBody, sourceRefusal } from './receive-body.ts'
import { newEventId, receivedFrom } from './received.ts'
import { expandUnrealReports } from './unreal-crash.ts'

/** Who sends an envelope, by its first line where the request did not tell. */
type Identify = (line: Uint8Array) => Promise<Result<Sender, Refusal>>

/** `POST /api/{project}/envelope/`: any media type; authentication may stand in its first line. */
export async function receiveEnvelope(
  request: Request,
  projectId: number,
  world: World,
): Promise<Response> {
  const credentials = readCredentials(request)
  if (!credentials.ok) return answerRefusal(credentials.error)
  // A key that we never made is refused before its body is read.
  const early =
    credentials.value && (await certifySender(world.secret, projectId, credentials.value))
  if (early && !early.ok) return answerRefusal(early.error)
  return receiveIdentified(request, world, async (line) =>
    early ? early : senderFromHeader(line, projectId, world.secret),
  )
}

/**
 * `POST /api/note/`: the same for pages whose visitors block what looks like error tracking. Nothing in
 * the path or the query tells; project and key stand in the `dsn` of the first line, and only a key of
 * this deployment is taken: nothing is passed on to anybody else.
 */
export function receiveTunnel(request: Request, world: World): Promise<Response> {
  return receiveIdentified(request, world, async (line) => {
    const header = parseEnvelopeHeader(line)
    const dsn = header.ok ? parseDsn(header.value.dsn) : null
    if (!dsn) return err({ status: 401, detail: 'bad envelope authentication header' })
    return senderFromHeader(line, dsn.projectId, world.secret)
  })
}

async function receiveIdentified(
  request: Request,
  world: World,
  identify: Identify,
): Promise<Response> {
  const body = await receiveBody(request, ENVELOPE_BYTES_MAX)
  if (!body.ok) return answerRefusal(body.error)
  if (body.value.kind === 'stream') {
    return receiveStream(request, world, identify, body.value.source)
  }
  const { bytes } = body.value
  if (bytes.length === 0) return answerRefusal({ status: 400, detail: 'empty request body' })
  const sender = await identify(firstLine(bytes))
  if (!sender.ok) return answerRefusal(sender.error)
  const envelope = parseEnvelope(bytes)
  if (!envelope.ok) return answerRefusal(envelopeRefusal(envelope.error))
  return acceptEnvelope(request, sender.value, envelope.value, world, null)
}

/** An envelope too large to hold: its large payloads are stored as they arrive, before admission. */
async function receiveStream(
  request: Request,
  world: World,
  identify: Identify,
  source: ByteSource,
): Promise<Response> {
  let blobs: KeptBlobs | null = null
  try {
    const line = await readHeaderLine(source)
    const sender = await identify(line)
    if (!sender.ok) return answerRefusal(sender.error)
    const header = parseEnvelopeHeader(line)
    if (!header.ok) return answerRefusal(envelopeRefusal(header.error))
    const { projectId } = sender.value
    const project = await configOf(projectId, world.gateOf(projectId))
    if (!project) return answerRefusal(KEY_REFUSED)
    const kept = new KeptBlobs(world.raw, project, Date.now())
    blobs = kept
    const items = await readItems(source, () => kept.open())
    if (!items.ok) {
      await kept.forgetAllBut(NONE)
      return answerRefusal(envelopeRefusal(items.error))
    }
    const envelope = { header: header.value, items: items.value }
    return await acceptEnvelope(request, sender.value, envelope, world, kept)
  } catch (error) {
    await blobs?.forgetAllBut(NONE)
    return answerRefusal(sourceRefusal(error))
  } finally {
    await source.cancel()
  }
}

const NONE: ReadonlySet<string> = new Set()

async function acceptEnvelope(
  request: Request,
  sender: Sender,
  { header, items }: Envelope,
  world: World,
  blobs: KeptBlobs | null,
): Promise<Response> {
  const matches = checkDsn(header, sender)
  const refusal = matches.ok ? checkLimits(items) : matches.error
  if (refusal) {
    await blobs?.forgetAllBut(NONE)
    return answerRefusal(refusal)
  }
  const { eventId, sentAt } = header
  if (items.length === 0) return answerAccepted(eventId, [], Date.now())
  const needsId = items.some(({ type, header: itemHeader }) => {
    const kind = kindOfItem(type, itemHeader)
    return kind !== null && needsEvent(kind, itemHeader)
  })
  const id = eventId ?? newEventId()
  const received = receivedFrom(request, sender, { eventId: id, sentAt })
  const answerId = eventId ?? (needsId ? id : null)
  const expanded = expandUnrealReports(items)
  return accept({ sender, items: expanded, received, answerId, blobs }, world)
}

/** Authentication by the `dsn` of the first line, where the request itself carries none. */
async function senderFromHeader(
  line: Uint8Array,
  projectId: number,
  secret: string,
): Promise<Result<Sender, Refusal>> {
  const header = parseEnvelopeHeader(line)
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
