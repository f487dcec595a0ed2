import { readCounts } from './count-operations.ts'

/**
 * Rows that the D1 counter sees for statements whose rows are known (spec/platform.md §2.2): an insert
 * into a table with a unique column and an index writes 3; an update of the indexed column 2; read
 * back by `raw()`, one is read. A counter that counts nothing would make every budget pass.
 */
export async function calibrate({ DB }: { DB: D1Database }): Promise<Record<string, number>> {
  await DB.batch([
    DB.prepare('CREATE TABLE calibration(id INTEGER PRIMARY KEY, a INTEGER UNIQUE, b INTEGER)'),
    DB.prepare('CREATE INDEX calibration_b ON calibration(b)'),
  ])
  const before = readCounts()
  await DB.prepare('INSERT INTO calibration VALUES(1, 2, 3)').run()
  await DB.prepare('UPDATE calibration SET b = 4').run()
  await DB.prepare('SELECT * FROM calibration WHERE id = 1').raw()
  const after = readCounts()
  await DB.prepare('DROP TABLE calibration').run()
  const grown = (name: string): number => (after[name] ?? 0) - (before[name] ?? 0)
  return { d1Written: grown('d1.rowsWritten'), d1Read: grown('d1.rowsRead') }
}
