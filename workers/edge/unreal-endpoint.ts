import { firstEventId } from '#domain/attachment/minidump-form.ts'
import { submit } from './accept.ts'
import { answerRefusal, answerUuid } from './answer.ts'
import { authenticate } from './authenticate.ts'
import { checkLimits } from './check-limits.ts'
import type { World } from './edge-env.ts'
import { readBody } from './read-body.ts'
import { newEventId, receivedFrom } from './received.ts'
import { makeItem } from './submission.ts'
import { BUNDLE_BYTES_MAX, readUnrealBundle } from './unreal-crash.ts'

const USER_ID_CHARACTERS_MAX = 500

/**
 * `POST …/unreal/{key}/`: a crash as Unreal Engine's own reporter sends it, with `?UserID=` in the address.
 * The reporter tries again on 429, so a limited crash is answered like one that was taken.
 */
export async function receiveUnreal(
  request: Request,
  projectId: number,
  world: World,
  key: string,
): Promise<Response> {
  const sender = await authenticate(request, projectId, world.secret, key)
  if (!sender.ok) return answerRefusal(sender.error)
  const body = await readBody(request, BUNDLE_BYTES_MAX)
  if (!body.ok) return answerRefusal(body.error)
  if (body.value.length === 0) return answerRefusal({ status: 400, detail: 'empty request body' })
  const userId = new URL(request.url).searchParams.get('UserID')
  const bundle = readUnrealBundle(body.value, userId?.slice(0, USER_ID_CHARACTERS_MAX) ?? null)
  if (!bundle.ok) {
    const detail = 'invalid unreal crash report'
    return answerRefusal({ status: 400, detail, causes: [bundle.error] })
  }
  const { event, items: files } = bundle.value
  const items = [makeItem('event', event), ...files]
  const limit = checkLimits(items)
  if (limit) return answerRefusal(limit)
  const eventId = firstEventId(event['event_id']) ?? newEventId()
  const received = receivedFrom(request, sender.value, { eventId, sentAt: null })
  const submission = { sender: sender.value, items, received, answerId: eventId, blobs: null }
  const receipt = await submit(submission, world)
  return receipt.status === 'refused' ? answerRefusal(receipt.refusal) : answerUuid(eventId)
}
