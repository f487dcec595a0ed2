/**
 * Tables of a month object, by version. Forward-only: an object brings itself up to date when it is
 * next touched, so a deploy migrates nothing and old months cost nothing. Append, never edit.
 */
const MIGRATIONS: string[][] = [
  [
    // One row per kept event and no second index: an event is one row written.
    `CREATE TABLE event(
       issue_id INTEGER NOT NULL, at INTEGER NOT NULL, event_id TEXT NOT NULL,
       weight INTEGER NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL, platform TEXT NOT NULL,
       environment TEXT, release TEXT, user TEXT, trace_id TEXT, tags TEXT NOT NULL,
       pack_id TEXT NOT NULL, "offset" INTEGER NOT NULL, length INTEGER NOT NULL,
       overlay_offset INTEGER, overlay_length INTEGER,
       PRIMARY KEY(issue_id, at, event_id)) WITHOUT ROWID`,
    // Packs applied, and where their events lie (event-refs.ts). The id makes a redelivery harmless.
    `CREATE TABLE pack(
       pack_id TEXT PRIMARY KEY, key TEXT NOT NULL, applied_at INTEGER NOT NULL,
       quantity INTEGER NOT NULL, events BLOB NOT NULL) WITHOUT ROWID`,
    // The loss ledger, by minute (Unix ms of its start). No reason is ''.
    `CREATE TABLE outcome(
       minute INTEGER NOT NULL, category TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
       quantity INTEGER NOT NULL,
       PRIMARY KEY(minute, category, outcome, reason)) WITHOUT ROWID`,
  ],
  [
    // How many items of each other kind a pack holds, JSON: what is kept now and shown later.
    `ALTER TABLE pack ADD COLUMN kinds TEXT NOT NULL DEFAULT '{}'`,
    // An attachment is found by its event; it lies in the pack, or in the object `blob` names.
    `CREATE TABLE attachment(
       event_id TEXT NOT NULL, pack_id TEXT NOT NULL, "offset" INTEGER NOT NULL,
       length INTEGER NOT NULL, at INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
       content_type TEXT, bytes INTEGER NOT NULL, blob TEXT,
       PRIMARY KEY(event_id, pack_id, "offset")) WITHOUT ROWID`,
    // Sessions by the hour they began in; `counts` is domain/session/session-counts.ts.
    `CREATE TABLE session(
       started_at INTEGER NOT NULL, release TEXT NOT NULL, environment TEXT NOT NULL,
       counts BLOB NOT NULL,
       PRIMARY KEY(started_at, release, environment)) WITHOUT ROWID`,
    // Check-ins of monitors. `config` is JSON, or null where the check-in brought none.
    `CREATE TABLE check_in(
       slug TEXT NOT NULL, environment TEXT NOT NULL, at INTEGER NOT NULL, check_in_id TEXT NOT NULL,
       status TEXT NOT NULL, duration_ms INTEGER, release TEXT, trace_id TEXT, config TEXT,
       PRIMARY KEY(slug, environment, at, check_in_id)) WITHOUT ROWID`,
    // What users wrote: crash reports and feedback. `data` is JSON of store/month-feedback.ts.
    `CREATE TABLE feedback(
       at INTEGER NOT NULL, feedback_id TEXT NOT NULL, event_id TEXT, data TEXT NOT NULL,
       PRIMARY KEY(at, feedback_id)) WITHOUT ROWID`,
  ],
  // Rows are kept by stream; an issue's id of before is one (stream.ts).
  ['ALTER TABLE event RENAME COLUMN issue_id TO stream'],
  [
    // Rows that a regrouping moved to another hash, until it is taken back (month-regroup.ts).
    `CREATE TABLE moved(
       operation INTEGER NOT NULL, event_id TEXT NOT NULL, pack_id TEXT NOT NULL, at INTEGER NOT NULL,
       from_hash TEXT NOT NULL, to_hash TEXT NOT NULL,
       PRIMARY KEY(operation, event_id)) WITHOUT ROWID`,
  ],
]

/** Brings an object's tables to the newest version. Synchronous: runs in the constructor. */
export function migrateMonth(storage: DurableObjectStorage): void {
  const version = storage.kv.get<number>('schema') ?? 0
  if (version >= MIGRATIONS.length) return
  storage.transactionSync(() => {
    for (const statements of MIGRATIONS.slice(version)) {
      for (const statement of statements) storage.sql.exec(statement)
    }
    storage.kv.put('schema', MIGRATIONS.length)
  })
}
