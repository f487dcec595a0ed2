import { clockDriftMs } from '#domain/envelope/clock-drift.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { toHex } from '#domain/identifier.ts'
import { scrubName } from '#domain/scrub/scrub-text.ts'
import type { Scrubbing } from '#domain/scrub/scrubbing.ts'
import {
  NIL_ID,
  parseSession,
  parseSessions,
  type SessionBuckets,
  type SessionContext,
  type SessionUpdate,
} from '#domain/session/parse-session.ts'
import { newEventId } from '../received.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** Session updates and buckets, with their users' ids hashed: no store knows who they were. */
export async function prepareSession(
  kind: 'session' | 'sessions',
  item: EnvelopeItem,
  { received, project }: Circumstances,
): Promise<Prepared> {
  const context: SessionContext = {
    receivedAt: received.now,
    driftMs: clockDriftMs(received.sentAt, received.now),
    newId: newEventId(),
  }
  const session =
    kind === 'session' ? parseSession(item.payload, context) : parseSessions(item.payload, context)
  const facts = factsOf(kind, item)
  if (!session.ok) return lost(facts, session.error)
  const anonymous = await hashUsers(session.value, project.projectId)
  const scrubbed = scrubNames(anonymous, project.scrubbing)
  return admissible(kind, null, facts, received.now, JSON.stringify(scrubbed))
}

/** The words in a session that an app chooses. */
function scrubNames(
  session: SessionUpdate | SessionBuckets,
  scrubbing: Scrubbing,
): SessionUpdate | SessionBuckets {
  const names = {
    release: scrubName(session.release, scrubbing),
    environment: scrubName(session.environment, scrubbing),
  }
  return session.kind === 'update'
    ? { ...session, ...names, status: scrubName(session.status, scrubbing) }
    : { ...session, ...names }
}

async function hashUsers(
  session: SessionUpdate | SessionBuckets,
  projectId: number,
): Promise<SessionUpdate | SessionBuckets> {
  if (session.kind === 'update') {
    return { ...session, did: session.did && (await hashUser(projectId, session.did)) }
  }
  const buckets = session.buckets.map(async (bucket) =>
    bucket.did === NIL_ID ? bucket : { ...bucket, did: await hashUser(projectId, bucket.did) },
  )
  return { ...session, buckets: await Promise.all(buckets) }
}

/** Half a SHA-256 over project and user: the same person in two projects is two strangers. */
async function hashUser(projectId: number, did: string): Promise<string> {
  const name = new TextEncoder().encode(`${projectId}:${did}`)
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', name)).subarray(0, 16))
}
