import { parseDsn } from '#domain/dsn/parse-dsn.ts'
import { readUserReport } from '#domain/feedback/parse-user-report.ts'
import { parseEventId } from '#domain/identifier.ts'
import { err, type Result } from '#domain/result.ts'
import { submit } from '../accept.ts'
import { answerRefusal, CORS_HEADERS, type Refusal } from '../answer.ts'
import { certifySender, type Sender } from '../authenticate.ts'
import type { World } from '../edge-env.ts'
import { readBody } from '../read-body.ts'
import { receivedFrom } from '../received.ts'
import { makeItem } from '../submission.ts'
import { reportDialogScript } from './report-dialog-script.ts'

const FORM_BYTES_MAX = 64 * 1024

/** `GET /api/embed/error-page/`: the script of the crash-report dialog that an SDK opens. */
export async function serveReportDialog(request: Request, world: World): Promise<Response> {
  const url = new URL(request.url)
  const asked = await readQuery(url, world)
  if (!asked.ok) return answerRefusal(asked.error)
  return new Response(reportDialogScript(url), {
    headers: {
      ...CORS_HEADERS,
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}

/** `POST /api/embed/error-page/`: what the person wrote. */
export async function receiveReportDialog(request: Request, world: World): Promise<Response> {
  const asked = await readQuery(new URL(request.url), world)
  if (!asked.ok) return answerRefusal(asked.error)
  const { sender, eventId } = asked.value
  const body = await readBody(request, FORM_BYTES_MAX)
  if (!body.ok) return answerRefusal(body.error)
  const form = new URLSearchParams(new TextDecoder().decode(body.value))
  const fields = { event_id: eventId, ...Object.fromEntries(form) }
  const report = readUserReport(fields)
  if (!report.ok) {
    return answerRefusal({ status: 400, detail: 'invalid user report', causes: [report.error] })
  }
  const { comments, name, email } = report.value
  const items = [makeItem('user_report', { event_id: eventId, comments, name, email })]
  const received = receivedFrom(request, sender, { eventId, sentAt: null })
  const receipt = await submit({ sender, items, received, answerId: null, blobs: null }, world)
  return receipt.status === 'refused'
    ? answerRefusal(receipt.refusal)
    : Response.json({}, { headers: CORS_HEADERS })
}

/** Who asks and about which event: 400 for a bad event id, 404 for a DSN that is not ours. */
async function readQuery(
  { searchParams }: URL,
  { secret }: World,
): Promise<Result<{ sender: Sender; eventId: string }, Refusal>> {
  const eventId = parseEventId(searchParams.get('eventId'))
  if (eventId === null) return err({ status: 400, detail: 'bad eventId' })
  const dsn = parseDsn(searchParams.get('dsn'))
  const unknown = err({ status: 404, detail: 'unknown dsn' } as const)
  if (!dsn) return unknown
  const { projectId, publicKey } = dsn
  const sender = await certifySender(secret, projectId, { publicKey, client: null })
  return sender.ok ? { ok: true, value: { sender: sender.value, eventId } } : unknown
}
