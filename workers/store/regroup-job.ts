import type { GroupingConfig, GroupingConfigId } from '#domain/grouping/grouping-config.ts'
import type { RegroupTally } from '#domain/grouping/regroup/regroup-tally.ts'
import { monthsBetween } from '#domain/identifier.ts'
import type { Stores } from './stores.ts'

/** Where a scan of a project's stored events stands. */
export interface ScanPosition {
  /** Months still to read, the one that is being read first. */
  months: string[]
  /** The pack read last in it, or null for its newest. */
  before: string | null
}

/** As in `PUT /projects/{org}/{project}/`. */
export interface RegroupChange {
  groupingConfig?: GroupingConfigId
  groupingEnhancements?: string
  fingerprintingRules?: string
}

/** A part of the plan: issues that become one, and events that join them. */
export interface JobGroup {
  /** The issue they become; one made by this job is in `made`. */
  target: number
  isNew: boolean
  issues: number[]
  newHashes: string[]
  /** The newest event that arrives, and the issue it comes from: they describe a new issue. */
  eventId: string | null
  from: number | null
}

/** In which order a regrouping goes, and how it goes back. */
export type JobPhase = 'scan' | 'link' | 'move' | 'count' | 'unmove' | 'unlink' | 'clean' | 'over'

/** A regrouping: what is proposed and how far it has come. JSON in its operation's row. */
export interface RegroupJob {
  /** What is to change in the project's options, by Sentry's names. */
  change: RegroupChange
  /** How it would group then; null where only issues are merged. */
  config: GroupingConfig | null
  merges: number[][]
  /** Events received before (Unix ms) are not looked at. */
  since: number
  /** When it began, Unix ms. */
  until: number
  phase: JobPhase
  /** Grows with everything that is done: a step that comes twice is known by it. */
  step: number
  scan: ScanPosition
  /** Rows looked at, and events they stand for. */
  rows: number
  events: number
  tally: RegroupTally
  groups: JobGroup[]
  /** Events that move: `[stream, new hash]`, with the hash of the stream. */
  moves: { stream: number; fromHash: string; toHash: string }[]
  /** Operations the parts of the plan are done by; made before they are. */
  partIds: number[]
  /** How the project grouped before. */
  before: GroupingConfig | null
  error: string | null
}

/** A regrouping that has looked at nothing yet. */
export function makeJob(
  proposed: Pick<RegroupJob, 'change' | 'config' | 'merges' | 'since' | 'until'>,
): RegroupJob {
  return {
    ...proposed,
    phase: 'scan',
    step: 0,
    scan: { months: monthsOf(proposed), before: null },
    rows: 0,
    events: 0,
    tally: [],
    groups: [],
    moves: [],
    partIds: [],
    before: null,
    error: null,
  }
}

/** Months the job looks at, newest first. */
export function monthsOf({ since, until }: Pick<RegroupJob, 'since' | 'until'>): string[] {
  return monthsBetween(since, until)
}

/** Keeps a step's result; false when another attempt at the step was faster. */
export async function saveJob(
  stores: Stores,
  { projectId, id, state }: { projectId: number; id: number; state: string },
  job: RegroupJob,
): Promise<boolean> {
  const { meta } = await stores.sql
    .prepare(
      `UPDATE grouping_operation SET data = json_set(data, '$.job', json(?3)), state = ?4
       WHERE project_id = ?1 AND id = ?2 AND data->'job'->>'step' = ?5`,
    )
    .bind(projectId, id, JSON.stringify({ ...job, step: job.step + 1 }), state, job.step)
    .run()
  return meta.changes > 0
}

/** Gives a regrouping up that failed again and again. It can be undone, as far as it has come. */
export async function failJob(
  stores: Stores,
  { projectId, operationId }: { projectId: number; operationId: number },
  error: string,
): Promise<void> {
  await stores.sql
    .prepare(
      `UPDATE grouping_operation
       SET state = 'failed', data = json_set(data, '$.job.error', ?3, '$.job.phase', 'over')
       WHERE project_id = ?1 AND id = ?2 AND state IN ('running', 'undoing')`,
    )
    .bind(projectId, operationId, error)
    .run()
}
