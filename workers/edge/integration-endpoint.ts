import type { DataCategory } from '#domain/data-category.ts'
import { submit } from './accept.ts'
import { answerRefusal, CORS_HEADERS, type Refusal } from './answer.ts'
import { authenticate } from './authenticate.ts'
import type { World } from './edge-env.ts'
import { newEventId, receivedFrom } from './received.ts'

/** What other systems push: OpenTelemetry exporters and the log drains of hosters. */
export type Integration = 'otlp_traces' | 'otlp_logs' | 'vercel_logs' | 'heroku_logs'

const CATEGORY: Record<Integration, DataCategory> = {
  otlp_traces: 'span',
  otlp_logs: 'log_item',
  vercel_logs: 'log_item',
  heroku_logs: 'log_item',
}

/** google.rpc.Code by HTTP status (spec/ingest.md §12). */
const RPC_CODE: Partial<Record<Refusal['status'], number>> = {
  400: 3,
  401: 16,
  403: 7,
  413: 8,
  415: 3,
  429: 8,
}

/**
 * Signals that Picket cannot read yet. They are refused with their protocol's own words and stand in
 * the ledger as one loss a request: nobody is told that they were taken.
 */
export async function refuseIntegration(
  request: Request,
  projectId: number,
  world: World,
  integration: Integration,
): Promise<Response> {
  await request.body?.cancel()
  const sender = await authenticate(request, projectId, world.secret)
  const answer = integration.startsWith('otlp') ? answerStatus(request) : answerRefusal
  if (!sender.ok) return answer(sender.error)
  const received = receivedFrom(request, sender.value, { eventId: newEventId(), sentAt: null })
  const losses = [
    {
      category: CATEGORY[integration],
      outcome: 'invalid',
      reason: 'feature_disabled',
      quantity: 1,
    } as const,
  ]
  const submission = { sender: sender.value, items: [], received, answerId: null, blobs: null }
  const receipt = await submit({ ...submission, losses }, world)
  if (receipt.status === 'refused') return answer(receipt.refusal)
  const feature = integration.replace('_', '-')
  const detail = `event submission rejected with_reason: FeatureDisabled(${feature})`
  return answer({ status: 403, detail })
}

/** Answers as OTLP does: a google.rpc.Status in the request's own encoding. */
function answerStatus(request: Request): (refusal: Refusal) => Response {
  const isProtobuf = request.headers.get('content-type')?.includes('protobuf') ?? false
  return ({ status, detail }) => {
    const code = RPC_CODE[status] ?? 13
    const headers = { ...CORS_HEADERS, 'x-sentry-error': detail }
    if (!isProtobuf) return Response.json({ code, message: detail }, { status, headers })
    return new Response(encodeStatus(code, detail), {
      status,
      headers: { ...headers, 'content-type': 'application/x-protobuf' },
    })
  }
}

/** `message Status { int32 code = 1; string message = 2; }`; our texts are below 128 bytes. */
function encodeStatus(code: number, message: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(message).subarray(0, 127)
  return Uint8Array.of(0x08, code, 0x12, text.length, ...text)
}
