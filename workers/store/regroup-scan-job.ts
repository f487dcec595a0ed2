import { addToTally } from '#domain/grouping/regroup/regroup-tally.ts'
import type { RegroupJob } from './regroup-job.ts'
import { scanPage } from './regroup-scan.ts'
import type { Stores } from './stores.ts'

/** The job after one more page of its scan. */
export async function scanJob(
  stores: Stores,
  projectId: number,
  job: RegroupJob,
  rowsMax: number,
): Promise<RegroupJob> {
  if (!job.config) return { ...job, scan: { months: [], before: null } }
  const { since } = job
  const page = await scanPage(stores, projectId, job.config, job.scan, { since, rowsMax })
  const rows = page.packs.flatMap((pack) => pack.rows)
  return {
    ...job,
    scan: page.next ?? { months: [], before: null },
    rows: job.rows + page.rows,
    events: job.events + rows.reduce((sum, { row }) => sum + row.weight, 0),
    tally: addToTally(
      job.tally,
      rows.map(({ row, hash, title }) => {
        const { stream, weight, at, eventId } = row
        return { stream, hash, weight, at, eventId, title }
      }),
    ),
  }
}
