/**
 * What an isolate remembers between requests: plain values only, bounded, and never the truth. It
 * saves object calls: settings are asked for once, and traffic that a limit refuses costs nothing
 * (refused-tally.ts counts it). A limit is remembered until it lapses, 300 s at most, or until a gate
 * answers by newer settings.
 */

import type { ProjectConfig } from '#domain/project/project-config.ts'
import { type ActiveLimit, mergeActiveLimits } from '#domain/quota/active-limit.ts'

const PROJECTS_MAX = 5_000

/** Limits of one project, as of one version of its settings. */
interface ProjectLimits {
  version: number
  /** Those of its organization and its own: they stop all its keys. */
  ofAll: ActiveLimit[]
  ofKey: Map<string, ActiveLimit[]>
}

const configs = new Map<number, ProjectConfig>()
const limits = new Map<number, ProjectLimits>()

export function recallConfig(projectId: number): ProjectConfig | undefined {
  return configs.get(projectId)
}

export function rememberConfig(config: ProjectConfig): void {
  remember(configs, config.projectId, config)
}

/** Forgets settings older than `version`: the next item is prepared by newer ones. */
export function noteConfigVersion(projectId: number, version: number): void {
  if ((configs.get(projectId)?.version ?? version) < version) configs.delete(projectId)
}

/** The limits that stop something of this key at `now` (Unix ms). */
export function recallLimits(projectId: number, publicKey: string, now: number): ActiveLimit[] {
  const known = limits.get(projectId)
  if (!known) return []
  return [...known.ofAll, ...(known.ofKey.get(publicKey) ?? [])].filter(isActiveAt(now))
}

/** Remembers what a gate told at `now` (Unix ms), under the version of its settings. */
export function rememberLimits(
  { projectId, publicKey }: { projectId: number; publicKey: string },
  told: { limits: ActiveLimit[]; version: number },
  now: number,
): void {
  const before = limits.get(projectId)
  const isOutdated = before !== undefined && before.version < told.version
  if (told.limits.length === 0) {
    if (isOutdated) limits.delete(projectId)
    return
  }
  const known =
    before && !isOutdated ? before : { version: told.version, ofAll: [], ofKey: new Map() }
  const add = (old: ActiveLimit[], isMine: (limit: ActiveLimit) => boolean): ActiveLimit[] =>
    mergeActiveLimits([...old.filter(isActiveAt(now)), ...told.limits.filter(isMine)])
  known.ofAll = add(known.ofAll, ({ scope }) => scope !== 'key')
  known.ofKey.set(
    publicKey,
    add(known.ofKey.get(publicKey) ?? [], ({ scope }) => scope === 'key'),
  )
  remember(limits, projectId, known)
}

const isActiveAt =
  (now: number) =>
  ({ untilAt }: ActiveLimit): boolean =>
    untilAt > now

/** The one that was remembered first makes room. */
function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  if (map.size >= PROJECTS_MAX && !map.has(key)) {
    for (const oldest of map.keys()) {
      map.delete(oldest)
      break
    }
  }
  map.set(key, value)
}
