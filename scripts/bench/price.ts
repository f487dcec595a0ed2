import type { Counts } from './counted/run-counted.ts'

/** Dollars per unit on the Workers Paid plan, allowances ignored (spec/platform.md §2.1). */
const PRICE = {
  request: 0.3e-6,
  cpuMs: 0.02e-6,
  objectRequest: 0.15e-6,
  objectGbSecond: 12.5e-6,
  rowWritten: 1e-6,
  rowRead: 0.001e-6,
  queueOperation: 0.4e-6,
  r2ClassA: 4.5e-6,
  r2ClassB: 0.36e-6,
  r2GbMonth: 0.015,
  objectGbMonth: 0.2,
} as const

/** An object is billed for 128 MB while it is awake. */
const OBJECT_GB = 0.125

export interface Usage {
  counts: Counts
  events: number
  /**
   * How long the traffic lasts at its true rate. The gate is taken to be awake throughout, for it
   * holds timers; a month object can hibernate between packs, and is billed while it works only
   * (developers.cloudflare.com/durable-objects/platform/pricing).
   */
  seconds: number
  /** CPU of workerd per event; locally this includes the simulators of D1, R2 and queues. */
  cpuMsPerEvent: number
  /** What rests in the objects of the project when the traffic is over. */
  objectBytes: number
}

/** Dollars per million events, by line, dearest first. */
export function billPerMillion(usage: Usage): { line: string; dollars: number }[] {
  const { counts, events, seconds, cpuMsPerEvent, objectBytes } = usage
  const of = (name: string): number => counts[name] ?? 0
  const awakeSeconds = seconds + of('store.activeMs') / 1000
  const calls = sumOf(counts, OBJECTS, 'calls') + sumOf(counts, OBJECTS, 'alarms')
  const lines: Record<string, number> = {
    'Worker requests': of('requests') * PRICE.request,
    'Worker CPU': cpuMsPerEvent * events * PRICE.cpuMs,
    'object requests': calls * PRICE.objectRequest,
    'object duration': OBJECT_GB * awakeSeconds * PRICE.objectGbSecond,
    'gate rows written': of('gate.rowsWritten') * PRICE.rowWritten,
    'organization rows written': of('organization.rowsWritten') * PRICE.rowWritten,
    'month rows written': of('store.rowsWritten') * PRICE.rowWritten,
    'D1 rows written': of('d1.rowsWritten') * PRICE.rowWritten,
    'rows read': rowsRead(counts) * PRICE.rowRead,
    // A write and a delete per 64 KB of a message, a read per delivery.
    'queue operations': (2 * of('queue.chunks') + of('queue.delivered')) * PRICE.queueOperation,
    'R2 operations': of('r2.classA') * PRICE.r2ClassA + of('r2.classB') * PRICE.r2ClassB,
    'R2 storage, one month': (of('r2.bytes') / 1e9) * PRICE.r2GbMonth,
    'object storage, one month': (objectBytes / 1e9) * PRICE.objectGbMonth,
  }
  return Object.entries(lines)
    .map(([line, dollars]) => ({ line, dollars: (dollars * 1e6) / events }))
    .sort((a, b) => b.dollars - a.dollars)
}

export function rowsWritten(counts: Counts): number {
  return sumOf(counts, OWNERS, 'rowsWritten')
}

export function rowsRead(counts: Counts): number {
  return sumOf(counts, OWNERS, 'rowsRead')
}

/** Whose operations are counted, as counting-worker.ts names them. */
const OBJECTS = ['gate', 'store', 'organization']
const OWNERS = [...OBJECTS, 'd1']

function sumOf(counts: Counts, owners: string[], what: string): number {
  return owners.reduce((sum, owner) => sum + (counts[`${owner}.${what}`] ?? 0), 0)
}
