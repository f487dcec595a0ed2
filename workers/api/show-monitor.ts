import type { Project } from '#contract/project.ts'
import type { MonitorConfig } from '#domain/monitor/monitor-config.ts'
import type { CheckInRow, MonitorRow } from '#store/month-check-in.ts'
import type { ProjectRow } from '#store/project.ts'
import { isoDate } from './date.ts'

/** A job of a project, in every environment that reports it. */
export interface FoundMonitor {
  id: string
  slug: string
  project: ProjectRow
  /** One row for each environment. */
  rows: MonitorRow[]
}

/** Rows of a project by monitor. Slugs are a project's own, so the id names both. */
export function gatherMonitors(project: ProjectRow, rows: MonitorRow[]): FoundMonitor[] {
  return [...Map.groupBy(rows, ({ slug }) => slug)].map(([slug, ofSlug]) => ({
    id: `${project.id}-${slug}`,
    slug,
    project,
    rows: ofSlug,
  }))
}

/** What a monitor of ours does not have yet: nobody mutes one, and nothing is missed. */
const ABSENT = { isMuted: false, isUpserting: false, owner: null, alertRule: null }

/** A monitor as it was heard of. `nextCheckIn` is null: no clock of ours waits for it yet. */
export function showMonitor({ id, slug, rows }: FoundMonitor, project: Project) {
  const config = rows.find((row) => row.config !== null)?.config ?? null
  return {
    id,
    slug,
    name: slug,
    status: 'active',
    config: config ? showConfig(config) : {},
    dateCreated: isoDate(Math.min(...rows.map(({ firstAt }) => firstAt))),
    project,
    environments: rows.map((row) => ({
      name: row.environment,
      status: row.status,
      isMuted: false,
      dateCreated: isoDate(row.firstAt),
      lastCheckIn: isoDate(row.at),
      nextCheckIn: null,
      nextCheckInLatest: null,
      activeIncident: null,
    })),
    ...ABSENT,
  }
}

/**
 * Check-ins, latest first. Reports of one run (`in_progress`, then how it ended) carry one id: the last
 * one is the check-in, the first one says when it began.
 */
export function showCheckIns(rows: CheckInRow[]) {
  const runs = Map.groupBy(rows, ({ checkInId }) => checkInId)
  return [...runs].map(([id, reports]) => {
    const last = reports[0]!
    const first = reports.at(-1)!
    const begun = reports.findLast(({ status }) => status === 'in_progress')
    return {
      id,
      environment: last.environment,
      status: last.status,
      duration: last.durationMs,
      dateCreated: isoDate(first.at),
      dateAdded: isoDate(first.at),
      dateUpdated: isoDate(last.at),
      dateInProgress: begun ? isoDate(begun.at) : null,
      dateClock: isoDate(first.at),
      expectedTime: null,
      monitorConfig: last.config ? showConfig(last.config) : {},
    }
  })
}

function showConfig(config: MonitorConfig) {
  const { schedule } = config
  return {
    schedule_type: schedule.type,
    schedule: schedule.type === 'crontab' ? schedule.value : [schedule.value, schedule.unit],
    checkin_margin: config.checkInMargin,
    max_runtime: config.maxRuntime,
    timezone: config.timezone,
    failure_issue_threshold: config.failureIssueThreshold,
    recovery_threshold: config.recoveryThreshold,
    alert_rule_id: null,
  }
}
