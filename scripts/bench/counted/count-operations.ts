/**
 * Counts every billed operation of the product while it runs, without the product knowing.
 *
 * The methods of the platform's own classes (SqlStorage, R2Bucket, Queue …) are wrapped on their
 * prototypes, in the bench's isolate only. Rows are what SQLite itself reports: `rowsWritten` of
 * cursors in objects, `meta.rows_written` in D1's answers; they count index entries. A `setAlarm` and
 * a `kv.put` are one row each, as they are billed (spec/platform.md §2.1). All objects and doors of
 * a local Worker live in one isolate, so the counters are plain numbers in it.
 */

import { realTime } from './scaled-clock.ts'

const counts = new Map<string, number>()

/** Adds to a counter. Names are `owner.what`, rows by statement `rows.owner.what`. */
export function count(name: string, quantity = 1): void {
  if (quantity !== 0) counts.set(name, (counts.get(name) ?? 0) + quantity)
}

/** Notes a size as it is now, where `count` would add it up. */
export function gauge(name: string, value: number): void {
  counts.set(name, value)
}

export function readCounts(): Record<string, number> {
  return Object.fromEntries(counts)
}

/** Who an object belongs to: `gate` or `store`, by its storage, its SQL, its key-value part. */
const owners = new WeakMap<object, string>()
const watched = new WeakMap<object, Set<string>>()

type Method = (this: object, ...values: unknown[]) => unknown

/** Wraps a method for all objects of this one's class, once. */
function replace(instance: object, name: string, wrap: (original: Method) => Method): void {
  const prototype = Object.getPrototypeOf(instance) as Record<string, Method>
  const original = prototype[name]
  if (original === undefined) throw new Error(`${name} is not a method of this platform any more`)
  if (!isFirstTime(prototype, name)) return
  prototype[name] = wrap(original)
}

function isFirstTime(object: object, name: string): boolean {
  const names = watched.get(object) ?? new Set()
  if (names.has(name)) return false
  watched.set(object, names.add(name))
  return true
}

/** Watches one object's storage. `owner` names its counters. */
export function watchStorage(storage: DurableObjectStorage, owner: string): void {
  for (const part of [storage, storage.sql, storage.kv]) owners.set(part, owner)
  replace(storage.sql, 'exec', (exec) => {
    return function (query, ...bindings) {
      const cursor = exec.call(this, query, ...bindings) as SqlStorageCursor<never>
      // The product reads a cursor at once; after this turn it has read what it will.
      queueMicrotask(() => {
        const name = owners.get(this) ?? 'unknown'
        countRows(name, statementName(String(query)), cursor.rowsWritten, cursor.rowsRead)
      })
      return cursor
    }
  })
  for (const method of ['put', 'delete']) {
    replace(storage.kv, method, rowPerCall(`kv.${method}`))
    replace(storage, method, rowPerCall(`storage.${method}`))
  }
  replace(storage, 'deleteAlarm', rowPerCall('deleteAlarm'))
  replace(storage, 'setAlarm', (setAlarm) => {
    return function (at) {
      countRows(owners.get(this) ?? 'unknown', 'setAlarm', 1, 0)
      // Alarms ring by the real clock, whatever the product's shows.
      return setAlarm.call(this, realTime(Number(at)))
    }
  })
}

function rowPerCall(what: string): (original: Method) => Method {
  return (original) =>
    function (...values) {
      countRows(owners.get(this) ?? 'unknown', what, 1, 0)
      return original.apply(this, values)
    }
}

function countRows(owner: string, what: string, written: number, read: number): void {
  count(`${owner}.rowsWritten`, written)
  count(`${owner}.rowsRead`, read)
  count(`rows.${owner}.${what}`, written)
}

/** The first words of a statement, without what differs each time. */
function statementName(query: string): string {
  return query
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/journal_\w+/g, 'journal')
    .trim()
    .split(/[ (]/)
    .slice(0, 3)
    .join(' ')
}

interface Bindings {
  DB: D1Database
  RAW: R2Bucket
  PACKS: Queue
  PROJECT_GATE: DurableObjectNamespace
  PROJECT_STORE: DurableObjectNamespace
  ORGANIZATION_QUOTA: DurableObjectNamespace
}

/** Watches the bindings; may be called with every copy of the environment. */
export function watchBindings(env: Bindings): void {
  watchDatabase(env.DB)
  for (const method of ['put', 'list', 'createMultipartUpload']) {
    replace(
      env.RAW,
      method,
      perCall('r2.classA', (values) => countBytes(values[1])),
    )
  }
  for (const method of ['get', 'head']) replace(env.RAW, method, perCall('r2.classB'))
  replace(
    env.PACKS,
    'send',
    perCall('queue.sent', ([body]) => countChunks(body)),
  )
  owners.set(env.PROJECT_GATE, 'gate')
  owners.set(env.PROJECT_STORE, 'store')
  owners.set(env.ORGANIZATION_QUOTA, 'organization')
  for (const method of ['get', 'getByName']) {
    replace(env.PROJECT_GATE, method, (original) => {
      return function (...values) {
        return countingStub(original.apply(this, values) as object, owners.get(this) ?? 'unknown')
      }
    })
  }
}

function perCall(
  name: string,
  note: (values: unknown[]) => void = () => {},
): (original: Method) => Method {
  return (original) =>
    function (...values) {
      count(name)
      note(values)
      return original.apply(this, values)
    }
}

function countBytes(value: unknown): void {
  if (ArrayBuffer.isView(value)) count('r2.bytes', value.byteLength)
}

/** Queues are billed by 64 KB. */
function countChunks(body: unknown): void {
  count('queue.chunks', Math.max(1, Math.ceil(JSON.stringify(body).length / 65_536)))
}

/** A stub whose every call is an object request. */
function countingStub(stub: object, owner: string): object {
  return new Proxy(stub, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...values: unknown[]) => {
        count(`${owner}.calls`)
        count(`calls.${owner}.${String(name)}`)
        // Not `apply`: on a stub every property, that one too, would be a remote method.
        return (target as Record<typeof name, Method>)[name]!(...values)
      }
    },
  })
}

interface D1Answer {
  meta?: { rows_written?: number; rows_read?: number }
}
type Fetch = (url: string, init: { body: string }) => Promise<Response>

/**
 * D1 tells rows in the `meta` of each answer, which `raw()` and `first()` hide. So we listen where
 * the binding talks to its service. These fields are private to workerd; the calibration of
 * calibrate.ts notices should they change.
 */
function watchDatabase(database: D1Database): void {
  if (!isFirstTime(database, 'fetcher')) return
  const inside = database as unknown as {
    fetcher: { fetch: Fetch }
    alwaysPrimarySession: { fetcher: { fetch: Fetch } }
  }
  const { fetcher } = inside
  const listening = {
    async fetch(...[url, init]: Parameters<Fetch>): Promise<Response> {
      const response = await fetcher.fetch(url, init)
      const answers = (await response.clone().json()) as D1Answer | D1Answer[]
      const queries = JSON.parse(init.body) as { sql: string } | { sql: string }[]
      const names = [queries].flat().map(({ sql }) => statementName(sql))
      for (const [index, { meta }] of [answers].flat().entries()) {
        count('d1.queries')
        const what = names[index] ?? 'unknown'
        countRows('d1', what, meta?.rows_written ?? 0, meta?.rows_read ?? 0)
      }
      return response
    },
  }
  inside.fetcher = listening
  inside.alwaysPrimarySession.fetcher = listening
}
