import type { Range } from './range.ts'
import type { TextPattern } from './text-pattern.ts'

/** What a search asks of an issue itself. */
export type IssueCondition =
  | { kind: 'all'; nodes: IssueCondition[] }
  | { kind: 'any'; nodes: IssueCondition[] }
  | { kind: 'not'; node: IssueCondition }
  | { kind: 'in'; field: IssueField; values: (string | number)[] }
  | { kind: 'matches'; field: IssueField; patterns: TextPattern[]; fold: boolean }
  | { kind: 'range'; field: IssueField; range: Range }
  | { kind: 'has'; field: IssueField }
  | { kind: 'flag'; field: 'isUnhandled'; value: boolean }

export type IssueField =
  | 'status'
  | 'substatus'
  | 'level'
  | 'platform'
  | 'logger'
  | 'title'
  | 'culprit'
  | 'location'
  | 'type'
  | 'errorType'
  | 'errorValue'
  | 'assignee'
  | 'priority'
  | 'firstRelease'
  | 'firstSeenAt'
  | 'lastSeenAt'
  | 'count'
  | 'userCount'
  | 'projectId'
  | 'id'
  /** Number within its project; comes with `projectId`. */
  | 'shortNumber'
