import { api } from '#api/app.ts'
import { wakeGates } from '#clock/wake-gates.ts'
import { edge } from '#edge/app.ts'
import { log } from '#platform/log.ts'
import { inRegion } from '#platform/region.ts'
import { consumeBatch } from '#queue/consume-batch.ts'
import { consumeDeadBatch } from '#queue/consume-dead-batch.ts'
import { openStores } from '#store/stores.ts'
import type { Env } from './env.ts'

export { OrganizationQuota } from '#gate/organization-quota.ts'
export { ProjectGate } from '#gate/project-gate.ts'
export { ProjectStore } from '#store/project-store.ts'

const DAY_MS = 86_400_000
/** The watchdog rings every 15 minutes (wrangler.toml). */
const RING_MS = 900_000

export default {
  /** `/api/0/` is the web API, the rest of `/api/` is ingest, everything else the dashboard's. */
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/api/0/') || pathname === '/api/0') return api.fetch(request, env, ctx)
    if (pathname.startsWith('/api/') || pathname.startsWith('//')) {
      return edge.fetch(request, env, ctx)
    }
    return env.ASSETS.fetch(request)
  },

  async queue(batch, env) {
    const stores = openStores(env)
    if (batch.queue.endsWith('-dead')) await consumeDeadBatch(batch, stores)
    else await consumeBatch(batch, stores, env.PACKS)
  },

  async scheduled(controller, env) {
    const namespace = inRegion(env.PROJECT_GATE, env.JURISDICTION)
    const gateOf = (projectId: number) => namespace.getByName(String(projectId))
    // Projects that heard something in the last day; at midnight all of them.
    const isMidnight = controller.scheduledTime % DAY_MS < RING_MS
    const activeSince = isMidnight ? 0 : controller.scheduledTime - DAY_MS
    const woken = await wakeGates(openStores(env), gateOf, activeSince)
    log.info('clock.gates_woken', { woken })
  },
} satisfies ExportedHandler<Env>
