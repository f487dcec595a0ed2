import { makeQuota, type Quota } from './quota.ts'

const WINDOW_SECONDS = 60
/** Check-ins a minute of a project that has no monitor yet (spec/ingest.md §6.3). */
const PROJECT_BASE = 50
/** Check-ins a minute each environment of a monitor adds to that. */
const PROJECT_ALLOWANCE = 6
/** Check-ins a minute of one monitor in one environment; a job checks in twice a run. */
const MONITOR_MAX = 6

/** Environments that count for the allowance: names that a stranger makes up shall not add up. */
const ENVIRONMENTS_MAX = 1_000

export interface CheckInSource {
  slug: string
  environment: string
  /** Environments of all the project's monitors together, as far as they check in. */
  environments: number
}

/**
 * The quotas of one check-in: the project's, and that of its monitor in its environment, so that one
 * job that runs wild does not silence the others. Clients are not told of the latter: they know
 * categories only, and would stop every monitor.
 */
export function checkInQuotas({ environments, ...monitor }: CheckInSource): Quota[] {
  return [projectCheckInQuota(environments), monitorQuota(monitor)]
}

/** What one monitor may send from one environment. */
export function monitorQuota({
  slug,
  environment,
}: Pick<CheckInSource, 'slug' | 'environment'>): Quota {
  const id = `mrl:${JSON.stringify([slug, environment])}`
  return makeQuota({
    ...PER_MINUTE,
    categories: ['monitor'],
    id,
    limit: MONITOR_MAX,
    isTold: false,
  })
}

/** What all monitors of a project may send together. */
export function projectCheckInQuota(environments: number): Quota {
  const limit = PROJECT_BASE + Math.min(environments, ENVIRONMENTS_MAX) * PROJECT_ALLOWANCE
  return makeQuota({ ...PER_MINUTE, categories: ['monitor'], id: 'mrl', limit })
}

const PER_MINUTE = {
  scope: 'project',
  windowSeconds: WINDOW_SECONDS,
  reasonCode: 'monitor_rate_limit',
} as const
