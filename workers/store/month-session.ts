import {
  decodeSessionCounts,
  encodeSessionCounts,
  mergeSessionCounts,
  type SessionCounter,
} from '#domain/session/session-counts.ts'

/** Adds what a pack's sessions came to; counters of one hour, release and environment are one row. */
export function addSessions(sql: SqlStorage, counters: SessionCounter[]): void {
  for (const { startedAt, release, environment, counts } of counters) {
    const key = [startedAt, release, environment ?? '']
    const row = sql
      .exec(
        'SELECT counts FROM session WHERE started_at = ? AND release = ? AND environment = ?',
        ...key,
      )
      .toArray()[0]
    const before = row ? decodeSessionCounts(new Uint8Array(row['counts'] as ArrayBuffer)) : null
    const after = before ? mergeSessionCounts(before, counts) : counts
    sql.exec('INSERT OR REPLACE INTO session VALUES(?,?,?,?)', ...key, encodeSessionCounts(after))
  }
}

/** Counters of sessions that began from `since` to before `until`, Unix ms. */
export function listSessions(sql: SqlStorage, since: number, until: number): SessionCounter[] {
  return sql
    .exec('SELECT * FROM session WHERE started_at >= ? AND started_at < ?', since, until)
    .toArray()
    .flatMap((row) => {
      const counts = decodeSessionCounts(new Uint8Array(row['counts'] as ArrayBuffer))
      const environment = String(row['environment']) || null
      const release = String(row['release'])
      return counts ? [{ startedAt: Number(row['started_at']), release, environment, counts }] : []
    })
}
