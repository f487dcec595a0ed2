import type { OutcomeRow } from './month-rows.ts'

/**
 * Outcomes of one month object, summed by stretches of `bucketMs` (whole minutes, at least one).
 * Bound numbers are floating-point here, so the division has to be cut.
 */
export function sumOutcomes(
  sql: SqlStorage,
  { since, until, bucketMs }: { since: number; until: number; bucketMs: number },
): OutcomeRow[] {
  const rows = sql.exec(
    `SELECT CAST((minute - ?1) / ?3 AS INTEGER) * ?3 + ?1 AS bucket, category, outcome, reason,
            SUM(quantity) AS quantity
     FROM outcome WHERE minute >= ?1 AND minute < ?2
     GROUP BY bucket, category, outcome, reason ORDER BY bucket`,
    since,
    until,
    bucketMs,
  )
  return rows.toArray().map((row) => ({
    minute: Number(row['bucket']),
    category: row['category'] as OutcomeRow['category'],
    outcome: row['outcome'] as OutcomeRow['outcome'],
    reason: row['reason'] === '' ? null : String(row['reason']),
    quantity: Number(row['quantity']),
  }))
}
