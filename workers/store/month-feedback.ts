/** What users wrote: by a crash report form, or by a feedback widget. */
export interface FeedbackRow {
  /** 32 hex characters: the feedback's own id, or that of the event a report is about. */
  feedbackId: string
  /** Received, Unix ms. */
  at: number
  /** The error it speaks of, if it names one. */
  eventId: string | null
  source: 'user_report' | 'feedback'
  name: string | null
  email: string | null
  message: string
  url: string | null
  environment: string | null
  release: string | null
  replayId: string | null
}

export function insertFeedback(sql: SqlStorage, feedback: FeedbackRow): void {
  const { at, feedbackId, eventId } = feedback
  sql.exec(
    'INSERT INTO feedback VALUES(?,?,?,?) ON CONFLICT DO NOTHING',
    at,
    feedbackId,
    eventId,
    JSON.stringify(feedback),
  )
}

/** Feedback of the project, latest first, received before `before` (Unix ms). */
export function listFeedback(sql: SqlStorage, before: number, limit: number): FeedbackRow[] {
  return sql
    .exec('SELECT data FROM feedback WHERE at < ? ORDER BY at DESC LIMIT ?', before, limit)
    .toArray()
    .map((row) => JSON.parse(String(row['data'])) as FeedbackRow)
}

/** Feedback about these events; a scan of the month's feedback, which is people's writing: little. */
export function listFeedbackOf(sql: SqlStorage, eventIds: string[]): FeedbackRow[] {
  return sql
    .exec(
      `SELECT data FROM feedback WHERE event_id IN (SELECT value FROM json_each(?))
       ORDER BY at DESC`,
      JSON.stringify(eventIds),
    )
    .toArray()
    .map((row) => JSON.parse(String(row['data'])) as FeedbackRow)
}
