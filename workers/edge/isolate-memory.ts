/**
 * What an isolate remembers between requests: plain values only, bounded, and never the truth. It
 * saves object calls: settings are asked for once, and traffic that a limit refuses costs nothing.
 * Refusals answered from here are counted and reach the ledger with the project's next call to its
 * gate; what an isolate has not yet told when it dies is lost to the ledger (at most a window's worth).
 */

import type { DataCategory, LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import { type ActiveLimit, findActiveLimit } from '#domain/quota/active-limit.ts'

const PROJECTS_MAX = 5_000

const configs = new Map<number, ProjectConfig>()
const limits = new Map<string, ActiveLimit[]>()
const refused = new Map<number, LedgerEntry[]>()

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

/** The remembered limit that stops this category of this key, at `now` (Unix ms). */
export function recallLimit(
  projectId: number,
  publicKey: string,
  category: DataCategory,
  now: number,
): ActiveLimit | undefined {
  return findActiveLimit(limits.get(`${projectId}:${publicKey}`) ?? [], category, now)
}

export function recallLimits(projectId: number, publicKey: string): ActiveLimit[] {
  return limits.get(`${projectId}:${publicKey}`) ?? []
}

export function rememberLimits(projectId: number, publicKey: string, active: ActiveLimit[]): void {
  if (active.length > 0) remember(limits, `${projectId}:${publicKey}`, active)
}

export function noteRefused(projectId: number, loss: LedgerEntry): void {
  const losses = refused.get(projectId) ?? []
  const same = losses.find(
    ({ category, outcome, reason }) =>
      category === loss.category && outcome === loss.outcome && reason === loss.reason,
  )
  if (same) same.quantity += loss.quantity
  else losses.push({ ...loss })
  remember(refused, projectId, losses)
}

/** Hands over what was refused from memory; the caller puts it back if the call fails. */
export function takeRefused(projectId: number): LedgerEntry[] {
  const losses = refused.get(projectId) ?? []
  refused.delete(projectId)
  return losses
}

function remember<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  if (map.size >= PROJECTS_MAX && !map.has(key)) map.clear()
  map.set(key, value)
}
