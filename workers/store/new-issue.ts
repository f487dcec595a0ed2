import type { IssueDescription } from '#domain/issue/describe-issue.ts'

/** An issue that hashes are to move to. */
export interface NewIssue extends IssueDescription {
  id: number
  status: string
  substatus: string | null
  /** Unix ms; the figures of its hashes go before, once there are any. */
  firstSeenAt: number
  lastSeenAt: number
}
