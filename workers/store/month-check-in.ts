import type { CheckIn, CheckInStatus } from '#domain/monitor/parse-check-in.ts'

/** A check-in as it rests. */
export interface CheckInRow extends Omit<CheckIn, 'configError'> {
  /** Received, Unix ms. */
  at: number
}

export function insertCheckIn(sql: SqlStorage, checkIn: CheckInRow): void {
  sql.exec(
    'INSERT INTO check_in VALUES(?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
    checkIn.slug,
    checkIn.environment,
    checkIn.at,
    checkIn.checkInId,
    checkIn.status,
    checkIn.durationMs,
    checkIn.release,
    checkIn.traceId,
    checkIn.config ? JSON.stringify(checkIn.config) : null,
  )
}

/** Check-ins of one monitor, latest first, received before `before` (Unix ms). */
export function listCheckIns(
  sql: SqlStorage,
  slug: string,
  before: number,
  limit: number,
): CheckInRow[] {
  return sql
    .exec(
      'SELECT * FROM check_in WHERE slug = ? AND at < ? ORDER BY at DESC LIMIT ?',
      slug,
      before,
      limit,
    )
    .toArray()
    .map(checkInRow)
}

/** A monitor in one environment: its latest check-in, and what the month knows besides. */
export interface MonitorRow extends CheckInRow {
  /** Its first check-in, Unix ms. */
  firstAt: number
}

/** Monitors listed of one project. */
const MONITORS_MAX = 500

/**
 * The latest check-in of each monitor and environment; its config is the last one that any check-in
 * of that monitor and environment brought. Reads the month's check-ins once, by their key.
 */
export function listMonitors(sql: SqlStorage): MonitorRow[] {
  return sql
    .exec(
      `SELECT latest.*, summary.first_at, (SELECT config FROM check_in
         WHERE slug = latest.slug AND environment = latest.environment AND config IS NOT NULL
         ORDER BY at DESC LIMIT 1) AS last_config
       FROM (SELECT slug, environment, min(at) AS first_at, max(at) AS last_at FROM check_in
         GROUP BY slug, environment LIMIT ${MONITORS_MAX}) AS summary
       JOIN check_in AS latest ON latest.slug = summary.slug
         AND latest.environment = summary.environment AND latest.at = summary.last_at
       GROUP BY latest.slug, latest.environment`,
    )
    .toArray()
    .map((row) => ({
      ...checkInRow({ ...row, config: row['last_config'] ?? null }),
      firstAt: Number(row['first_at']),
    }))
}

function checkInRow(row: Record<string, SqlStorageValue>): CheckInRow {
  const text = (column: string): string | null =>
    row[column] === null ? null : String(row[column])
  const config = text('config')
  return {
    slug: String(row['slug']),
    environment: String(row['environment']),
    at: Number(row['at']),
    checkInId: String(row['check_in_id']),
    status: String(row['status']) as CheckInStatus,
    durationMs: row['duration_ms'] === null ? null : Number(row['duration_ms']),
    release: text('release'),
    traceId: text('trace_id'),
    config: config ? JSON.parse(config) : null,
  }
}
