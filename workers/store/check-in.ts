/** Monitors and their check-ins, asked of the months they can lie in. */
import { monthsBetween } from '#domain/identifier.ts'
import type { CheckInRow, MonitorRow } from './month-check-in.ts'
import type { Stores } from './stores.ts'

/** A monitor that said nothing this long is no longer listed. */
const SILENT_MS_MAX = 31 * 86_400_000
/** How far back check-ins can lie: the longest retention class. */
const RETENTION_MS_MAX = 400 * 86_400_000

interface MonitoredProject {
  id: number
  createdAt: number
}

/** Monitors of a project by slug and environment, as they were heard of last. */
export async function listMonitors(
  stores: Stores,
  project: MonitoredProject,
  now: number,
): Promise<MonitorRow[]> {
  const months = monthsBetween(Math.max(project.createdAt, now - SILENT_MS_MAX), now)
  const lists = await Promise.all(
    months.map((month) => stores.projectStore(project.id, month).listMonitors()),
  )
  const monitors = new Map<string, MonitorRow>()
  for (const row of lists.flat()) {
    const key = `${row.slug}\n${row.environment}`
    const newer = monitors.get(key)
    monitors.set(
      key,
      newer ? { ...newer, config: newer.config ?? row.config, firstAt: row.firstAt } : row,
    )
  }
  return [...monitors.values()].sort((a, b) => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0))
}

/** Check-ins of a monitor, latest first, received before `before` (Unix ms). */
export async function listCheckIns(
  stores: Stores,
  project: MonitoredProject,
  slug: string,
  { before, limit }: { before: number; limit: number },
): Promise<CheckInRow[]> {
  const rows: CheckInRow[] = []
  const since = Math.max(project.createdAt, before - RETENTION_MS_MAX)
  for (const month of monthsBetween(since, before)) {
    const store = stores.projectStore(project.id, month)
    rows.push(...(await store.listCheckIns(slug, before, limit - rows.length)))
    if (rows.length >= limit) break
  }
  return rows
}
