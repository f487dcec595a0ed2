import { DurableObject } from 'cloudflare:workers'

import type { SessionCounter } from '#domain/session/session-counts.ts'
import type { HourlyThinning } from './hourly-thinning.ts'
import {
  type AttachmentPlace,
  deleteAttachment,
  listAttachments,
  type StoredAttachment,
} from './month-attachment.ts'
import { type CheckInRow, listCheckIns, listMonitors, type MonitorRow } from './month-check-in.ts'
import { type FeedbackRow, listFeedback, listFeedbackOf } from './month-feedback.ts'
import { countHours, type HourCount } from './month-hours.ts'
import { sumOutcomes } from './month-ledger.ts'
import {
  listPackRows,
  type PackQuery,
  type PackRows,
  type StreamFigures,
  streamFigures,
} from './month-regroup.ts'
import {
  type EventPosition,
  type MonthEventRow,
  MonthReader,
  type OutcomeRow,
} from './month-rows.ts'
import { migrateMonth } from './month-schema.ts'
import {
  countTags,
  EVERY_EVENT,
  type IssueMatch,
  type MatchQuery,
  matchIssues,
  type SearchPage,
  searchEvents,
  type TagCount,
  type TagQuery,
} from './month-search.ts'
import { listSessions } from './month-session.ts'
import type { Stream, StreamedIssue } from './stream.ts'

/** What a month object answers: its tables, brought up to date, and the questions about them. */
export abstract class MonthReading<Env> extends DurableObject<Env> {
  protected readonly sql: SqlStorage
  protected readonly reader: MonthReader
  protected abstract thinning: HourlyThinning

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrateMonth(ctx.storage)
    this.sql = ctx.storage.sql
    this.reader = new MonthReader(this.sql)
  }

  findEvent(eventId: string): MonthEventRow | null {
    const row = this.reader.event(eventId)
    return row && (this.thinning.weigh([row])[0] ?? null)
  }

  listProjectEvents(limit: number, before?: EventPosition): MonthEventRow[] {
    return this.thinning.weigh(this.reader.projectEvents(limit, before))
  }

  /** Events per issue and hour, thinned ones included. */
  countHours(issues: StreamedIssue[], since: number, until: number): HourCount[] {
    return countHours(this.sql, issues, { since, until }, this.thinning)
  }

  /** Which of these issues have events such and such, how many and when. */
  matchIssues(query: MatchQuery): IssueMatch[] {
    return matchIssues(this.sql, query)
  }

  searchEvents(streams: Stream[], page: SearchPage): MonthEventRow[] {
    return this.thinning.weigh(searchEvents(this.sql, streams, page))
  }

  /** The newest event of each stream that has one here. */
  latestEvents(streams: Stream[]): MonthEventRow[] {
    const page = { ...EVERY_EVENT, limit: 1 }
    return streams.flatMap((stream) => this.searchEvents([stream], page))
  }

  countTags(query: TagQuery): TagCount[] {
    return countTags(this.sql, query)
  }

  /** Outcomes summed by stretches of time; see month-ledger.ts. */
  sumOutcomes(query: { since: number; until: number; bucketMs: number }): OutcomeRow[] {
    return sumOutcomes(this.sql, query)
  }

  listOutcomes(since: number, until: number): OutcomeRow[] {
    return this.reader.outcomes(since, until)
  }

  listAttachments(eventIds: string[]): StoredAttachment[] {
    return listAttachments(this.sql, eventIds)
  }

  deleteAttachment(place: AttachmentPlace): void {
    deleteAttachment(this.sql, place)
  }

  listSessions(since: number, until: number): SessionCounter[] {
    return listSessions(this.sql, since, until)
  }

  listMonitors(): MonitorRow[] {
    return listMonitors(this.sql)
  }

  listCheckIns(slug: string, before: number, limit: number): CheckInRow[] {
    return listCheckIns(this.sql, slug, before, limit)
  }

  listFeedback(before: number, limit: number): FeedbackRow[] {
    return listFeedback(this.sql, before, limit)
  }

  listFeedbackOf(eventIds: string[]): FeedbackRow[] {
    return listFeedbackOf(this.sql, eventIds)
  }

  /** Kept events pack by pack, as a regrouping reads them. */
  listPackRows(query: PackQuery): PackRows {
    const { packs, next } = listPackRows(this.sql, query)
    const weighed = packs.map(({ packId, rows }) => ({ packId, rows: this.thinning.weigh(rows) }))
    return { packs: weighed, next }
  }

  /** What the rows of a stream add up to. */
  streamFigures(keys: number[]): StreamFigures[] {
    return streamFigures(this.sql, keys)
  }
}
