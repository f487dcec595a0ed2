import type { Env } from '../../../workers/env.ts'
import picket, {
  ProjectGate as Gate,
  OrganizationQuota as Quota,
  ProjectStore as Store,
} from '../../../workers/main.ts'
import type { PackApplication } from '../../../workers/store/pack-application.ts'
import { calibrate } from './calibrate.ts'
import { count, gauge, readCounts, watchBindings, watchStorage } from './count-operations.ts'
import { startClock } from './scaled-clock.ts'

/**
 * The product with counters, for the bench: the same doors and objects, each watched. Its one
 * addition is `/api/bench/`, where the bench reads the counters and sets the clock.
 */
export default {
  async fetch(request, env, ctx) {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/api/bench/counts') return Response.json(readCounts())
    if (pathname === '/api/bench/clock') {
      startClock(Number(searchParams.get('speed')), Number(searchParams.get('at')))
      return new Response()
    }
    watchBindings(env)
    if (pathname === '/api/bench/calibration') {
      const storage = env.PROJECT_STORE.getByName('calibration') as unknown as Calibrated
      return Response.json({ ...(await calibrate(env)), ...(await storage.calibrateStorage()) })
    }
    count('requests')
    return picket.fetch(request, env, ctx)
  },

  async queue(batch, env) {
    watchBindings(env)
    count('requests')
    count('queue.delivered', batch.messages.length)
    await picket.queue(batch, env)
  },

  async scheduled(controller, env) {
    watchBindings(env)
    count('requests')
    await picket.scheduled(controller, env)
  },
} satisfies ExportedHandler<Env>

interface Calibrated {
  calibrateStorage(): Promise<Record<string, number>>
}

export class ProjectGate extends Gate {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env, 'gate')
    super(ctx, env)
  }

  override alarm(): Promise<void> {
    count('gate.alarms')
    gauge('gate.bytesAtRest', this.ctx.storage.sql.databaseSize)
    return super.alarm()
  }
}

export class ProjectStore extends Store {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env, 'store')
    super(ctx, env)
  }

  override alarm(): Promise<void> {
    count('store.alarms')
    gauge('store.bytesAtRest', this.ctx.storage.sql.databaseSize)
    return timed(() => super.alarm())
  }

  override applyPack(application: PackApplication): Promise<{ applied: boolean }> {
    return timed(() => super.applyPack(application))
  }

  /** Rows that the counters see for statements whose rows are known. */
  async calibrateStorage(): Promise<Record<string, number>> {
    const { sql, kv } = this.ctx.storage
    sql.exec('CREATE TABLE calibration(id INTEGER PRIMARY KEY, a INTEGER UNIQUE, b INTEGER)')
    sql.exec('CREATE INDEX calibration_b ON calibration(b)')
    await Promise.resolve()
    const before = readCounts()['store.rowsWritten'] ?? 0
    sql.exec('INSERT INTO calibration VALUES(1, 2, 3)')
    sql.exec('UPDATE calibration SET b = 4')
    kv.put('calibration', 1)
    await this.ctx.storage.setAlarm(Date.now() + 3_600_000)
    return { store: (readCounts()['store.rowsWritten'] ?? 0) - before }
  }
}

export class OrganizationQuota extends Quota {
  constructor(ctx: DurableObjectState, env: Env) {
    watch(ctx, env, 'organization')
    super(ctx, env)
  }
}

/** Counts how long a month object is kept awake by its work. */
async function timed<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const startedAt = performance.now()
  try {
    return await work()
  } finally {
    count('store.activeMs', performance.now() - startedAt)
  }
}

function watch(ctx: DurableObjectState, env: Env, owner: string): void {
  watchBindings(env)
  watchStorage(ctx.storage, owner)
}
