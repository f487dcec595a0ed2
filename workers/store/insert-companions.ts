import { insertAttachment } from './month-attachment.ts'
import { insertCheckIn } from './month-check-in.ts'
import { insertFeedback } from './month-feedback.ts'
import { addSessions } from './month-session.ts'
import type { PackApplication } from './pack-application.ts'

/** Writes what a pack brought besides events, each kind into its table. */
export function insertCompanions(
  sql: SqlStorage,
  { packId, companions }: Pick<PackApplication, 'packId' | 'companions'>,
): void {
  for (const attachment of companions.attachments) insertAttachment(sql, packId, attachment)
  addSessions(sql, companions.sessions)
  for (const checkIn of companions.checkIns) insertCheckIn(sql, checkIn)
  for (const feedback of companions.feedback) insertFeedback(sql, feedback)
}
