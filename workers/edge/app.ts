import { type Context, Hono } from 'hono'

import { parseProjectId } from '#domain/identifier.ts'
import { log } from '#platform/log.ts'
import { inRegion } from '#platform/region.ts'
import { answerPreflight, answerRefusal } from './answer.ts'
import { receiveAttachments } from './attachments-endpoint.ts'
import { receiveCron } from './cron-endpoint.ts'
import type { EdgeEnv, World } from './edge-env.ts'
import { receiveReportDialog, serveReportDialog } from './embed/report-dialog-endpoint.ts'
import { receiveEnvelope, receiveTunnel } from './envelope-endpoint.ts'
import { type Integration, refuseIntegration } from './integration-endpoint.ts'
import { receiveMinidump } from './minidump-endpoint.ts'
import { receiveNel, receiveSecurity } from './security-endpoint.ts'
import { PROJECT_INVALID, receiveStore } from './store-endpoint.ts'
import { receiveUnreal } from './unreal-endpoint.ts'
import { continueUpload, createUpload } from './upload-endpoint.ts'

type EdgeContext = Context<{ Bindings: EdgeEnv }>
type Receive = typeof receiveEnvelope

/** The ingest endpoints. Both slash forms, never a redirect; repeated slashes count as one. */
export const edge = new Hono<{ Bindings: EdgeEnv }>({ getPath: canonicalPath })

function canonicalPath(request: Request): string {
  return new URL(request.url).pathname.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1')
}

/** Paths that exist: another method on one of them is 405, anything else 404. */
const KNOWN_ENDPOINTS = [
  'envelope',
  'store',
  'security',
  'csp-report',
  'nel',
  'minidump',
  'events/:event/attachments',
  'cron/:slug',
  'cron/:slug/:key',
  'upload',
  'upload/:upload',
  'unreal/:key',
]

/** Signals of other protocols, and where they are posted (spec/ingest.md §1). */
const INTEGRATIONS: [path: string, integration: Integration][] = [
  ['integration/otlp/v1/traces', 'otlp_traces'],
  ['otlp/v1/traces', 'otlp_traces'],
  ['integration/otlp/v1/logs', 'otlp_logs'],
  ['integration/vercel/logs', 'vercel_logs'],
  ['integration/heroku/logs', 'heroku_logs'],
]

edge.options('/api/*', () => answerPreflight())
edge.post('/api/store', (c) => receiveStore(c.req.raw, null, worldOf(c)))
edge.get('/api/store', (c) => receiveStore(c.req.raw, null, worldOf(c)))
edge.post('/api/:project/envelope', (c) => receive(c, receiveEnvelope))
edge.post('/api/:project/store', (c) => receive(c, receiveStore))
edge.get('/api/:project/store', (c) => receive(c, receiveStore))
edge.post('/api/:project/security', (c) => receive(c, receiveSecurity))
edge.post('/api/:project/csp-report', (c) => receive(c, receiveSecurity))
edge.post('/api/:project/nel', (c) => receive(c, receiveNel))
edge.post('/api/:project/minidump', (c) => receive(c, receiveMinidump))
edge.post('/api/:project/unreal/:key', (c) =>
  receive(c, (request, projectId, world) =>
    receiveUnreal(request, projectId, world, c.req.param('key')),
  ),
)
edge.post('/api/:project/events/:event/attachments', (c) =>
  receive(c, (request, projectId, world) =>
    receiveAttachments(request, projectId, world, c.req.param('event')),
  ),
)
edge.on(['GET', 'POST'], ['/api/:project/cron/:slug', '/api/:project/cron/:slug/:key'], (c) =>
  receive(c, (request, projectId, world) => {
    const key = c.req.param('key') ?? null
    return receiveCron(request, projectId, world, { slug: c.req.param('slug') ?? '', key })
  }),
)
edge.post('/api/:project/upload', (c) => receive(c, createUpload))
edge.patch('/api/:project/upload/:upload', (c) => receive(c, continueUpload))
edge.post('/api/note', (c) => receiveTunnel(c.req.raw, worldOf(c)))
edge.get('/api/embed/error-page', (c) => serveReportDialog(c.req.raw, worldOf(c)))
edge.post('/api/embed/error-page', (c) => receiveReportDialog(c.req.raw, worldOf(c)))
for (const [path, integration] of INTEGRATIONS) {
  edge.post(`/api/:project/${path}`, (c) =>
    receive(c, (request, projectId, world) =>
      refuseIntegration(request, projectId, world, integration),
    ),
  )
}
edge.get('/api/relay/healthcheck/live', (c) => c.json({ is_healthy: true }))
edge.get('/api/relay/healthcheck/ready', (c) => c.json({ is_healthy: true }))
for (const endpoint of [...KNOWN_ENDPOINTS, ...INTEGRATIONS.map(([path]) => path)]) {
  edge.all(`/api/:project/${endpoint}`, () => answerRefusal(METHOD_REFUSED))
}
edge.notFound(() => answerRefusal({ status: 404, detail: 'not found' }))

/** Nothing a client sends may end here; what does is ours, and the SDK is asked to wait. */
edge.onError((error, c) => {
  log.error('edge.request_failed', { path: c.req.path, error })
  return answerRefusal({ status: 503, detail: 'failed to queue envelope', retryAfterSeconds: 10 })
})

const METHOD_REFUSED = { status: 405, detail: 'method not allowed' } as const

async function receive(c: EdgeContext, endpoint: Receive): Promise<Response> {
  const projectId = parseProjectId(c.req.param('project') ?? '')
  if (projectId === null) return answerRefusal(PROJECT_INVALID)
  return endpoint(c.req.raw, projectId, worldOf(c))
}

function worldOf({ env, executionCtx }: EdgeContext): World {
  const namespace = inRegion(env.PROJECT_GATE, env.JURISDICTION)
  return {
    secret: env.PICKET_SECRET,
    raw: env.RAW,
    gateOf: (projectId) => namespace.getByName(String(projectId)),
    later: (ms, work) => executionCtx.waitUntil(scheduler.wait(ms).then(work)),
  }
}
