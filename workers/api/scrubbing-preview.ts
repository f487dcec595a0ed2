import { type Context, Hono } from 'hono'
import { z } from 'zod'

import type { ScrubbingPreview } from '#contract/scrubbing-preview.ts'
import type { PicketEvent } from '#domain/event/event.ts'
import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { parseEventId } from '#domain/identifier.ts'
import { scrubEventWithHits } from '#domain/scrub/scrub-event.ts'
import { joinScrubbing, type Scrubbing } from '#domain/scrub/scrubbing.ts'
import { parseUserAgent } from '#platform/user-agent.ts'
import { findEvent, listProjectEvents } from '#store/event.ts'
import { forEachRecentEvent, readAdmittedEvent } from '#store/recent-events.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { readOrganizationOptions } from './read-organization-options.ts'
import { readProjectOptions } from './read-project-options.ts'
import { requireScope } from './scope.ts'
import { changeScrubbing, ScrubbingChange } from './scrubbing-change.ts'
import { valid } from './valid.ts'

const RECENT_MAX = 1_000
/** Hits listed of one event. */
const HITS_MAX = 1_000

const PreviewRequest = z.object({
  /** What an SDK would send. */
  event: z.record(z.string(), z.unknown()).optional(),
  /** Or a stored one; `latest` is the newest. */
  eventId: z.string().max(64).optional(),
  /** Settings to try, laid over those in force; the names of `PUT /projects/{org}/{project}/`. */
  scrubbing: ScrubbingChange.default({}),
  /** How many of the newest stored events to try them on. */
  recent: z.int().min(0).max(RECENT_MAX).default(RECENT_MAX),
})
type PreviewRequest = z.infer<typeof PreviewRequest>

const NOTE =
  'Stored events were scrubbed when they came in, by the settings of that time: what is gone stays ' +
  'gone, and the figures count what would change beyond it.'

/** Below a project: what events would become under other settings. Nothing is changed. */
export const scrubbingPreviewRoutes = new Hono<ApiEnv>().post(
  '/scrubbing/preview',
  requireScope('event:read'),
  valid('json', PreviewRequest),
  async (c) => {
    const { stores, project } = c.var
    const body = c.req.valid('json')
    const scrubbing = proposedScrubbing(c, body.scrubbing)
    const found = await findSubject(c, body)
    return c.json({
      event: found && showSubject(found, scrubbing),
      recent: body.recent > 0 ? await measureReach() : null,
      note: NOTE,
    } satisfies ScrubbingPreview)

    async function measureReach(): Promise<ScrubbingPreview['recent']> {
      const byRule = new Map<string, number>()
      let changed = 0
      const events = await forEachRecentEvent(stores, project.id, body.recent, (event) => {
        const { hits } = scrubEventWithHits(event, scrubbing)
        if (hits.length > 0) changed += 1
        for (const rule of new Set(hits.map(({ ruleId }) => ruleId))) {
          byRule.set(rule, (byRule.get(rule) ?? 0) + 1)
        }
      })
      const rules = [...byRule].map(([rule, count]) => ({ rule, events: count }))
      return { events, changed, rules: rules.sort((a, b) => b.events - a.events) }
    }
  },
)

/** What would hold if the change were saved: the organization's part included. */
function proposedScrubbing(c: Context<ApiEnv>, change: ScrubbingChange): Scrubbing {
  const { project, membership } = c.var
  const inForce = readProjectOptions(project).scrubbing
  const proposed = { ...inForce, ...changeScrubbing(inForce, change, 'project') }
  return joinScrubbing(readOrganizationOptions(membership.organization).scrubbing, proposed)
}

interface Subject {
  event: PicketEvent
  isStored: boolean
}

async function findSubject(
  c: Context<ApiEnv>,
  { event, eventId }: PreviewRequest,
): Promise<Subject | null> {
  const { stores, project, now } = c.var
  if (event) {
    const id = parseEventId(event['event_id']) ?? '0'.repeat(32)
    return { event: normalizeEvent(event, { eventId: id, now, parseUserAgent }), isStored: false }
  }
  if (eventId === undefined) return null
  const row =
    eventId === 'latest'
      ? (await listProjectEvents(stores, project.id, { limit: 1 }))[0]
      : await findNamed(c, eventId)
  return row ? { event: await readAdmittedEvent(stores, row), isStored: true } : null
}

async function findNamed({ var: { stores, project } }: Context<ApiEnv>, name: string) {
  const id = parseEventId(name)
  const row = id && (await findEvent(stores, project.id, id))
  if (!row) throw new ApiError('not_found')
  return row
}

function showSubject({ event: before, isStored }: Subject, scrubbing: Scrubbing) {
  const { event: after, hits } = scrubEventWithHits(before, scrubbing)
  return {
    id: before.event_id,
    before: { ...before },
    after: { ...after },
    hits: hits.slice(0, HITS_MAX).map(({ path, ruleId, type, range }) => ({
      path,
      rule: ruleId,
      method: Object.hasOwn(METHODS, type) ? METHODS[type]! : 'changed',
      range,
    })),
    isStored,
  }
}

type Method = NonNullable<ScrubbingPreview['event']>['hits'][number]['method']

/** Types of remarks (spec/event-processing.md §2.3). */
const METHODS: Record<string, Method> = { s: 'replaced', m: 'masked', p: 'hashed', x: 'removed' }
