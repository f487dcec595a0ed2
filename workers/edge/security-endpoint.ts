import { parseJson } from '#domain/json.ts'
import { submit } from './accept.ts'
import { answerEmpty, answerRateLimited, answerRefusal } from './answer.ts'
import { authenticate } from './authenticate.ts'
import type { World } from './edge-env.ts'
import { readBody } from './read-body.ts'
import { newEventId, receivedFrom } from './received.ts'
import { makeItem } from './submission.ts'

const MEDIA_TYPES = [
  'application/json',
  'application/csp-report',
  'application/expect-ct-report',
  'application/expect-ct-report+json',
  'application/expect-staple-report',
  'application/reports+json',
]
const SECURITY_BYTES_MAX = 1024 * 1024
const NEL_BYTES_MAX = 12 * 1024 * 1024
/** `POST …/security/` and `…/csp-report/`: what a browser says about a policy it enforced. */
export function receiveSecurity(
  request: Request,
  projectId: number,
  world: World,
): Promise<Response> {
  return receiveReports(request, projectId, world, SECURITY_BYTES_MAX)
}

/** `POST …/nel/`: what a browser says about the network. */
export function receiveNel(request: Request, projectId: number, world: World): Promise<Response> {
  return receiveReports(request, projectId, world, NEL_BYTES_MAX)
}

/** One report, or a list of them; each is an event of its own, with an id the server makes. */
async function receiveReports(
  request: Request,
  projectId: number,
  world: World,
  bytesMax: number,
): Promise<Response> {
  const sender = await authenticate(request, projectId, world.secret)
  if (!sender.ok) return answerRefusal(sender.error)
  const mediaType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!MEDIA_TYPES.includes(mediaType)) {
    return answerRefusal({ status: 415, detail: `unsupported media type: ${mediaType}` })
  }
  const body = await readBody(request, bytesMax)
  if (!body.ok) return answerRefusal(body.error)
  if (body.value.length === 0) return answerRefusal({ status: 400, detail: 'empty request body' })
  const json = parseJson(body.value)
  if (json === undefined) return answerRefusal({ status: 400, detail: 'invalid JSON data' })

  const { searchParams } = new URL(request.url)
  const header = {
    sentry_release: searchParams.get('sentry_release'),
    sentry_environment: searchParams.get('sentry_environment'),
  }
  if (Array.isArray(json) && json.length === 0) return answerEmpty(200)
  const received = receivedFrom(request, sender.value, { eventId: newEventId(), sentAt: null })
  const items = [makeItem('raw_security', body.value, header)]
  const receipt = await submit(
    { sender: sender.value, items, received, answerId: null, blobs: null },
    world,
  )
  switch (receipt.status) {
    case 'accepted':
      return answerEmpty(200)
    case 'limited':
      return answerRateLimited(receipt.limits, received.now)
    case 'refused':
      return answerRefusal(receipt.refusal)
  }
}
