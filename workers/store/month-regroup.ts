/**
 * What a regrouping needs of a month: its kept events pack by pack, and moving some of them to the
 * stream of another hash. Every move is noted under its operation, so that it can be taken back; the
 * pack's refs are rewritten with it, so that an event is still found by its id.
 */
import { EMPTY_SKETCH, hashName } from '#domain/distinct-sketch.ts'
import { addUsers } from '#domain/issue/user-sketch.ts'
import { packOpenedAt } from '#domain/pack/pack-id.ts'
import { decodeRefs, encodeRefs } from './event-refs.ts'
import { EVENT_COLUMNS, eventRow, type MonthEventRow } from './month-rows.ts'
import { streamKey } from './stream.ts'

/** Kept events of some packs, and where to go on; null at the window's end. */
export interface PackRows {
  packs: { packId: string; rows: MonthEventRow[] }[]
  next: string | null
}

export interface PackQuery {
  /** The pack the last page ended with; null begins with the newest. */
  before: string | null
  /** Unix ms of receipt. */
  since: number
  packsMax: number
  rowsMax: number
}

export interface RowMove {
  eventId: string
  at: number
  fromHash: string
  toHash: string
}

/** A row that was moved, as far as counts care. */
export interface MovedRow extends RowMove {
  weight: number
  user: string | null
  release: string | null
}

type Row = Record<string, SqlStorageValue>

/** Pages of packs, newest first, always whole packs. */
export function listPackRows(
  sql: SqlStorage,
  { before, since, packsMax, rowsMax }: PackQuery,
): PackRows {
  const packs: PackRows['packs'] = []
  let rows = 0
  const read = sql.exec(
    'SELECT pack_id, events FROM pack WHERE pack_id < ? ORDER BY pack_id DESC',
    before ?? '~',
  )
  for (const pack of read) {
    const packId = String(pack['pack_id'])
    if (packOpenedAt(packId) < since) return { packs, next: null }
    const refs = decodeRefs(pack['events'] as ArrayBuffer)
    const kept = refs.length === 0 ? [] : keptRows(sql, refs).filter(({ at }) => at >= since)
    if (kept.length > 0) packs.push({ packId, rows: kept })
    rows += kept.length
    if (rows >= rowsMax || packs.length >= packsMax) return { packs, next: packId }
  }
  return { packs, next: null }
}

function keptRows(
  sql: SqlStorage,
  refs: { stream: number; at: number; eventId: string }[],
): MonthEventRow[] {
  const asked = refs.map(({ stream, at, eventId }) => [stream, at, eventId])
  const [columns = '', tables = ''] = EVENT_COLUMNS.split(' FROM event ')
  return sql
    .exec<Row>(
      `SELECT ${columns} FROM json_each(?) AS asked CROSS JOIN event ${tables}
       WHERE stream = asked.value->>0 AND at = asked.value->>1 AND event_id = asked.value->>2`,
      JSON.stringify(asked),
    )
    .toArray()
    .map(eventRow)
}

/** Moves rows of one pack; those that are not where the move says are left. */
export function moveRows(
  sql: SqlStorage,
  operationId: number,
  packId: string,
  moves: RowMove[],
): MovedRow[] {
  const moved = moves.flatMap((move) => {
    const row = moveRow(sql, move)
    if (row) {
      sql.exec(
        'INSERT INTO moved VALUES(?,?,?,?,?,?) ON CONFLICT DO NOTHING',
        operationId,
        move.eventId,
        packId,
        move.at,
        move.fromHash,
        move.toHash,
      )
    }
    return row ?? []
  })
  rewriteRefs(sql, packId, moved)
  return moved
}

/** Takes back some moves of an operation; none are left when it answers none. */
export function moveRowsBack(sql: SqlStorage, operationId: number, limit: number): MovedRow[] {
  const noted = sql
    .exec<Row>('SELECT * FROM moved WHERE operation = ? LIMIT ?', operationId, limit)
    .toArray()
  const moved: MovedRow[] = []
  for (const [packId, ofPack] of Map.groupBy(noted, (row) => String(row['pack_id']))) {
    const back = ofPack.map((row): MovedRow => {
      const move = {
        eventId: String(row['event_id']),
        at: Number(row['at']),
        fromHash: String(row['to_hash']),
        toHash: String(row['from_hash']),
      }
      const { eventId } = move
      sql.exec('DELETE FROM moved WHERE operation = ? AND event_id = ?', operationId, eventId)
      // A later operation may have moved it on: then it stays there, and counts nothing here.
      return moveRow(sql, move) ?? { ...move, weight: 0, user: null, release: null }
    })
    const done = back.filter(({ weight }) => weight > 0)
    rewriteRefs(sql, packId, done)
    moved.push(...back)
  }
  return moved
}

function moveRow(sql: SqlStorage, move: RowMove): MovedRow | null {
  const { eventId, at, fromHash, toHash } = move
  const [row] = sql
    .exec<Row>(
      `UPDATE event SET stream = ? WHERE stream = ? AND at = ? AND event_id = ?
       RETURNING weight, user, release`,
      streamKey(toHash),
      streamKey(fromHash),
      at,
      eventId,
    )
    .toArray()
  if (!row) return null
  const text = (value: SqlStorageValue | undefined) => (typeof value === 'string' ? value : null)
  return {
    ...move,
    weight: Number(row['weight']),
    user: text(row['user']),
    release: text(row['release']),
  }
}

function rewriteRefs(sql: SqlStorage, packId: string, moved: MovedRow[]): void {
  if (moved.length === 0) return
  const streams = new Map(moved.map(({ eventId, toHash }) => [eventId, streamKey(toHash)]))
  const pack = sql.exec('SELECT events FROM pack WHERE pack_id = ?', packId).one()
  const refs = decodeRefs(pack['events'] as ArrayBuffer).map((ref) => ({
    ...ref,
    stream: streams.get(ref.eventId) ?? ref.stream,
  }))
  sql.exec('UPDATE pack SET events = ? WHERE pack_id = ?', encodeRefs(refs), packId)
}

/** What the rows of one stream add up to. Plain data: it crosses an RPC. */
export interface StreamFigures {
  key: number
  count: number
  /** Unix ms. */
  firstAt: number
  lastAt: number
  firstRelease: string | null
  lastRelease: string | null
  /** Sketch of the users, domain/issue/user-sketch.ts. */
  users: Uint8Array
}

/** Figures of those streams that have rows here; a stream is read whole. */
export function streamFigures(sql: SqlStorage, keys: number[]): StreamFigures[] {
  return keys.flatMap((key) => {
    const rows = sql
      .exec<{ at: number; weight: number; user: string | null; release: string | null }>(
        'SELECT at, weight, user, release FROM event WHERE stream = ? ORDER BY at, event_id',
        key,
      )
      .toArray()
    const [first] = rows
    const last = rows.at(-1)
    if (!first || !last) return []
    const users = new Set(rows.flatMap(({ user }) => (user === null ? [] : [hashName(user)])))
    return [
      {
        key,
        count: rows.reduce((sum, { weight }) => sum + weight, 0),
        firstAt: first.at,
        lastAt: last.at,
        firstRelease: first.release,
        lastRelease: rows.findLast(({ release }) => release !== null)?.release ?? null,
        users: addUsers(EMPTY_SKETCH, [...users]),
      },
    ]
  })
}
