import { makeQuota, type Quota } from './quota.ts'

const WINDOW_SECONDS = 60
/** Check-ins a minute of a project that has no monitor yet (spec/ingest.md §6.3). */
const PROJECT_BASE = 50
/** Check-ins a minute each environment of a monitor adds to that. */
const PROJECT_ALLOWANCE = 6
/** Check-ins a minute of one monitor in one environment; a job checks in twice a run. */
const MONITOR_MAX = 6

export interface CheckInSource {
  slug: string
  environment: string
  /** Environments of all the project's monitors together. */
  environments: number
}

/**
 * The quotas of one check-in: the project's, and that of its monitor in its environment, so that one
 * job that runs wild does not silence the others. Clients are not told of the latter: they know
 * categories only, and would stop every monitor.
 */
export function checkInQuotas({ slug, environment, environments }: CheckInSource): Quota[] {
  const perMinute = {
    categories: ['monitor' as const],
    scope: 'project' as const,
    windowSeconds: WINDOW_SECONDS,
    reasonCode: 'monitor_rate_limit' as const,
  }
  return [
    makeQuota({ ...perMinute, id: 'mrl', limit: PROJECT_BASE + environments * PROJECT_ALLOWANCE }),
    makeQuota({
      ...perMinute,
      id: `mrl:${JSON.stringify([slug, environment])}`,
      limit: MONITOR_MAX,
      isTold: false,
    }),
  ]
}
