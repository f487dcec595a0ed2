import { isObject, parseJson } from '#domain/json.ts'
import { CRON_CLIENT, parseCronRequest } from '#domain/monitor/parse-check-in.ts'
import { submit } from './accept.ts'
import { answerEmpty, answerRefusal } from './answer.ts'
import { authenticate } from './authenticate.ts'
import type { World } from './edge-env.ts'
import { readBody, STORE_BYTES_MAX } from './read-body.ts'
import { newEventId, receivedFrom } from './received.ts'
import { makeItem } from './submission.ts'

/**
 * `GET|POST …/cron/{slug}[/{key}]`: a check-in that a shell script can send. Its clients retry on 429,
 * so a limited check-in is answered like one that was taken, and counted as what it was.
 */
export async function receiveCron(
  request: Request,
  projectId: number,
  world: World,
  path: { slug: string; key: string | null },
): Promise<Response> {
  const sender = await authenticate(request, projectId, world.secret, path.key)
  if (!sender.ok) return answerRefusal(sender.error)
  const body = await readBody(request, STORE_BYTES_MAX)
  if (!body.ok) return answerRefusal(body.error)
  const checkIn = parseCronRequest({
    slug: path.slug,
    query: new URL(request.url).searchParams,
    contentType: request.headers.get('content-type'),
    body: body.value,
  })
  if (!checkIn.ok) {
    return answerRefusal({ status: 400, detail: 'invalid check-in', causes: [checkIn.error] })
  }
  const { slug, checkInId, status, environment, durationMs, release } = checkIn.value
  const raw = parseJson(body.value)
  const item = makeItem('check_in', {
    ...(isObject(raw) ? raw : {}),
    monitor_slug: slug,
    check_in_id: checkInId,
    status,
    environment,
    duration: durationMs === null ? null : durationMs / 1000,
    release,
  })
  const client = sender.value.client ?? CRON_CLIENT
  const from = { ...sender.value, client }
  const received = receivedFrom(request, from, { eventId: newEventId(), sentAt: null })
  const submission = { sender: from, items: [item], received, answerId: null, blobs: null }
  const receipt = await submit(submission, world)
  return receipt.status === 'refused' ? answerRefusal(receipt.refusal) : answerEmpty(202)
}
