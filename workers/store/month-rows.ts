import { fromHex } from '#domain/identifier.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import { firstPackId, packOpenedAt } from '#domain/pack/pack-id.ts'
import { decodeRefs, type EventRef, encodeRefs } from './event-refs.ts'
import type { ApplicableEvent, PackApplication } from './pack-application.ts'
import { streamKey } from './stream.ts'

/** An event as the month object gives it out. Plain data: it crosses an RPC. */
export interface MonthEventRow {
  eventId: string
  /** See stream.ts. */
  stream: number
  at: number
  weight: number
  /** True when it is counted in a neighbour's weight and has no row of its own. */
  isThinned: boolean
  level: string
  title: string
  platform: string
  environment: string | null
  release: string | null
  user: string | null
  traceId: string | null
  /** JSON of `[key, value][]`, as it rests. */
  tags: string
  packKey: string
  offset: number
  length: number
  overlay: { offset: number; length: number } | null
}

/** Where a page ends: rows are ordered by time of receipt, then id. */
export interface EventPosition {
  at: number
  eventId: string
}

export interface OutcomeRow extends LedgerEntry {
  /** Unix ms of the minute's start. */
  minute: number
}

type Row = Record<string, SqlStorageValue>

/** Packs read at once while paging through a project's events. */
const PACKS_PER_READ = 20
/** From the opening of a pack to the latest event in it; it is sealed after seconds. */
const PACK_SPAN_MS = 60_000

/** Goes between SELECT and WHERE; what `eventRow` reads. */
export const EVENT_COLUMNS = `event.*, pack.key AS pack_key FROM event JOIN pack USING(pack_id)`

export function insertEvent(sql: SqlStorage, event: ApplicableEvent, packId: string): void {
  sql.exec(
    'INSERT INTO event VALUES(?,?,?,1,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
    streamKey(event.hash),
    event.at,
    event.eventId,
    event.level,
    event.title,
    event.platform,
    event.environment,
    event.release,
    event.user,
    event.traceId,
    JSON.stringify(event.tags),
    packId,
    event.offset,
    event.length,
    event.overlay?.offset ?? null,
    event.overlay?.length ?? null,
  )
}

/** Lets a row stand for the thinned events that came after it. */
export function settleWeight(
  sql: SqlStorage,
  stream: number,
  { at, eventId, carry }: EventPosition & { carry: number },
): void {
  sql.exec(
    'UPDATE event SET weight = weight + ? WHERE stream = ? AND at = ? AND event_id = ?',
    carry,
    stream,
    at,
    eventId,
  )
}

/** A pack whose items have their rows. `appliedAt` is Unix ms. */
interface AppliedPack extends Pick<PackApplication, 'packId' | 'key' | 'companions'> {
  appliedAt: number
  refs: EventRef[]
}

/** One question per method, each by primary key or bounded. */
export class MonthReader {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  insertPack({ packId, key, companions, appliedAt, refs }: AppliedPack): void {
    this.#sql.exec(
      'INSERT INTO pack VALUES(?,?,?,?,?,?)',
      packId,
      key,
      appliedAt,
      refs.length,
      encodeRefs(refs),
      JSON.stringify(companions.kinds),
    )
  }

  addOutcome(minute: number, { category, outcome, reason, quantity }: LedgerEntry): void {
    this.#sql.exec(
      `INSERT INTO outcome VALUES(?,?,?,?,?)
       ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity`,
      minute,
      category,
      outcome,
      reason ?? '',
      quantity,
    )
  }

  appliedPacks(packIds: string[]): string[] {
    if (packIds.length === 0) return []
    return this.#all(
      'SELECT pack_id FROM pack WHERE pack_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(packIds),
    ).map((row) => String(row['pack_id']))
  }

  event(eventId: string): MonthEventRow | null {
    const packs = this.#all(
      'SELECT pack_id, key, events FROM pack WHERE instr(events, ?) > 0 ORDER BY pack_id DESC',
      fromHex(eventId),
    )
    for (const pack of packs) {
      const ref = refsOf(pack).find((candidate) => candidate.eventId === eventId)
      if (ref) return this.#keptRow(ref) ?? thinnedRow(ref, String(pack['key']))
    }
    return null
  }

  /**
   * Kept events of the project, newest first. Packs are read from the newest that can hold one; a ref
   * is placed when no older pack can hold a newer event.
   */
  projectEvents(limit: number, before?: EventPosition): MonthEventRow[] {
    const rows: MonthEventRow[] = []
    let waiting: EventRef[] = []
    let packId = before ? firstPackId(before.at + PACK_SPAN_MS) : '~'
    for (let isLast = false; !isLast && rows.length < limit; ) {
      const packs = this.#all(
        'SELECT pack_id, events FROM pack WHERE pack_id < ? ORDER BY pack_id DESC LIMIT ?',
        packId,
        PACKS_PER_READ,
      )
      isLast = packs.length < PACKS_PER_READ
      packId = String(packs.at(-1)?.['pack_id'])
      const horizon = isLast ? 0 : packOpenedAt(packId) + PACK_SPAN_MS
      const refs = packs.flatMap(refsOf).filter((ref) => !before || isBefore(ref, before))
      waiting.push(...refs)
      const placed = waiting.filter(({ at }) => at >= horizon).sort(newestFirst)
      waiting = waiting.filter(({ at }) => at < horizon)
      for (const ref of placed) {
        const row = rows.length < limit ? this.#keptRow(ref) : null
        if (row) rows.push(row)
      }
    }
    return rows
  }

  /** The newest refs, newest first, at most `limit` and a pack's worth more. */
  newestRefs(limit: number): EventRef[] {
    const refs: EventRef[] = []
    for (const pack of this.#sql.exec('SELECT events FROM pack ORDER BY pack_id DESC')) {
      refs.push(...refsOf(pack).reverse())
      if (refs.length >= limit) break
    }
    return refs
  }

  outcomes(since: number, until: number): OutcomeRow[] {
    return this.#all(
      'SELECT * FROM outcome WHERE minute >= ? AND minute < ? ORDER BY minute',
      since,
      until,
    ).map((row) => ({
      minute: Number(row['minute']),
      category: row['category'] as OutcomeRow['category'],
      outcome: row['outcome'] as OutcomeRow['outcome'],
      reason: row['reason'] === '' ? null : String(row['reason']),
      quantity: Number(row['quantity']),
    }))
  }

  #keptRow(ref: EventRef): MonthEventRow | null {
    const row = this.#all(
      `SELECT ${EVENT_COLUMNS} WHERE stream = ? AND at = ? AND event_id = ?`,
      ref.stream,
      ref.at,
      ref.eventId,
    )[0]
    return row ? eventRow(row) : null
  }

  #all(query: string, ...bindings: (SqlStorageValue | ArrayBufferView)[]): Row[] {
    return this.#sql.exec(query, ...bindings).toArray()
  }
}

function refsOf(pack: Row): EventRef[] {
  return decodeRefs(pack['events'] as ArrayBuffer)
}

function newestFirst(a: EventPosition, b: EventPosition): number {
  return isBefore(a, b) ? 1 : -1
}

function isBefore(a: EventPosition, b: EventPosition): boolean {
  return a.at < b.at || (a.at === b.at && a.eventId < b.eventId)
}

const text = (value: SqlStorageValue | undefined): string | null =>
  typeof value === 'string' ? value : null

export function eventRow(row: Row): MonthEventRow {
  const overlayOffset = row['overlay_offset']
  return {
    eventId: String(row['event_id']),
    stream: Number(row['stream']),
    at: Number(row['at']),
    weight: Number(row['weight']),
    isThinned: false,
    level: String(row['level']),
    title: String(row['title']),
    platform: String(row['platform']),
    environment: text(row['environment']),
    release: text(row['release']),
    user: text(row['user']),
    traceId: text(row['trace_id']),
    tags: String(row['tags']),
    packKey: String(row['pack_key']),
    offset: Number(row['offset']),
    length: Number(row['length']),
    overlay:
      typeof overlayOffset === 'number'
        ? { offset: overlayOffset, length: Number(row['overlay_length']) }
        : null,
  }
}

/** A thinned event has only its place; what else it says is in its payload. */
function thinnedRow(ref: EventRef, packKey: string): MonthEventRow {
  return {
    ...ref,
    weight: 0,
    isThinned: true,
    level: 'error',
    title: '',
    platform: 'other',
    environment: null,
    release: null,
    user: null,
    traceId: null,
    tags: '[]',
    packKey,
    overlay: null,
  }
}
