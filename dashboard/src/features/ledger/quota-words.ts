import type { QuotaUse } from '#contract/quota.ts'

/** The quotas that Picket makes itself, by their ids (domain/quota). */
const NAMES: Record<string, string> = {
  k: 'Limit of a key',
  p: 'Limit of this project',
  spike: 'Spike protection',
  mrl: 'Check-ins',
  kae: 'Flood of errors, each key',
  pae: 'Flood of errors',
  paa: 'Flood of attachments',
  paai: 'Flood of attachments',
  pas: 'Flood of sessions',
  pamb: 'Flood of metrics',
  oamb: 'Flood of metrics, all projects',
}

/** What a quota is called: Picket's own by what they are for, others by the id somebody gave them. */
export function nameQuota({ id, limit }: Pick<QuotaUse, 'id' | 'limit'>): string {
  if (id === null) return limit === 0 ? 'Switched off' : 'Without a name'
  return Object.hasOwn(NAMES, id) ? NAMES[id]! : id
}

/** Whose it is, where that is not this project. */
export function nameScope({ scope, scopeId }: Pick<QuotaUse, 'scope' | 'scopeId'>): string | null {
  if (scope === 'organization') return 'all projects together'
  if (scope !== 'key') return null
  return scopeId === null ? 'the key that uses most' : `key ${scopeId.slice(0, 8)}…`
}

const PARTS: [seconds: number, one: string, many: string][] = [
  [86_400, 'day', 'days'],
  [3_600, 'hour', 'hours'],
  [60, 'minute', 'minutes'],
  [1, 'second', 'seconds'],
]

/** `a month`, `an hour`, `10 seconds`. */
export function nameWindow(window: QuotaUse['window']): string {
  if (window === null) return ''
  if (window === 'month') return 'a month'
  const [seconds, one, many] = PARTS.find(([size]) => window % size === 0) ?? PARTS[3]!
  const count = window / seconds
  if (count !== 1) return `${count} ${many}`
  return one === 'hour' ? 'an hour' : `a ${one}`
}

/** What it counts. */
export function nameCategories({ categories }: Pick<QuotaUse, 'categories'>): string {
  if (categories.length === 0) return 'everything'
  const isErrors = ['default', 'error', 'security'].every((name) => categories.includes(name))
  if (isErrors && categories.length === 3) return 'errors'
  return categories.map((name) => name.replaceAll('_', ' ')).join(', ')
}

/** The used share of a limit, 0 to 1; null where there is none. */
export function usedShare({ limit, used }: Pick<QuotaUse, 'limit' | 'used'>): number | null {
  if (limit === null) return null
  return limit === 0 ? 1 : Math.min(1, used / limit)
}

/** The fullest first, then those that only count. */
export function sortQuotas(quotas: readonly QuotaUse[]): QuotaUse[] {
  return quotas.toSorted((a, b) => (usedShare(b) ?? -1) - (usedShare(a) ?? -1))
}
