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

/** The latest check-in of each monitor and environment. */
export function listMonitors(sql: SqlStorage): CheckInRow[] {
  return sql
    .exec(
      `SELECT * FROM check_in AS latest WHERE at = (SELECT max(at) FROM check_in
         WHERE slug = latest.slug AND environment = latest.environment) GROUP BY slug, environment`,
    )
    .toArray()
    .map(checkInRow)
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
