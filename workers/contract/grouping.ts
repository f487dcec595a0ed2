import { z } from 'zod/mini'

import { Issue, Level } from './issue.ts'

/** A part of what an event is grouped by; leaves hold texts. */
export const GroupingComponent = z.object({
  id: z.string(),
  name: z.nullable(z.string()),
  contributes: z.boolean(),
  /** Why it is ignored, or what was done to it. */
  hint: z.nullable(z.string()),
  get values() {
    return z.array(z.union([GroupingComponent, z.string(), z.number(), z.null()]))
  },
})
export type GroupingComponent = z.infer<typeof GroupingComponent>

export const GroupingVariant = z.looseObject({
  key: z.string(),
  type: z.string(),
  description: z.string(),
  hash: z.nullable(z.string()),
  /** The event's issue does not have this hash: the project grouped in another way then. */
  hashMismatch: z.boolean(),
  contributes: z.boolean(),
  hint: z.nullable(z.string()),
  component: z.optional(GroupingComponent),
  /** A fingerprint's parts, and the rule that asked for them. */
  values: z.optional(z.array(z.string())),
  matched_rule: z.optional(z.string()),
})
export type GroupingVariant = z.infer<typeof GroupingVariant>

/** Why an event is in its issue, as `…/events/{id}/grouping-info/` answers. */
export const GroupingInfo = z.object({
  grouping_config: z.string(),
  variants: z.record(z.string(), GroupingVariant),
  summary: z.array(z.string()),
})
export type GroupingInfo = z.infer<typeof GroupingInfo>

/** A hash that leads to an issue. */
export const IssueHash = z.looseObject({
  id: z.string(),
  count: z.number(),
  firstSeen: z.nullable(z.string()),
  lastSeen: z.nullable(z.string()),
  latestEvent: z.nullable(z.looseObject({ eventID: z.string(), title: z.string() })),
})
export type IssueHash = z.infer<typeof IssueHash>

export const MergeAnswer = z.looseObject({
  merge: z.object({
    parent: z.string(),
    children: z.array(z.string()),
    operationId: z.string(),
  }),
})

export const OperationStarted = z.object({ operationId: z.string() })

/** How a project groups; part of `GET /api/0/projects/{org}/{project}/`. */
export const GroupingSettings = z.looseObject({
  groupingConfig: z.string(),
  groupingEnhancements: z.string(),
  fingerprintingRules: z.string(),
})
export type GroupingSettings = z.infer<typeof GroupingSettings>

/** An issue that becomes part of a group; `leaving`: events of it that do not. */
const PlannedIssue = z.object({
  id: z.string(),
  shortId: z.string(),
  title: z.string(),
  count: z.number(),
  leaving: z.number(),
})

export const PlannedGroup = z.object({
  /** Null for an issue that is to be made. */
  target: z.nullable(z.string()),
  shortId: z.nullable(z.string()),
  title: z.string(),
  count: z.number(),
  issueCount: z.number(),
  issues: z.array(PlannedIssue),
  /** Events that come from issues of other groups. */
  arriving: z.array(
    z.object({
      id: z.string(),
      shortId: z.nullable(z.string()),
      title: z.string(),
      count: z.number(),
    }),
  ),
})
export type PlannedGroup = z.infer<typeof PlannedGroup>

/** What a proposal would do to stored events. */
export const GroupingPreview = z.object({
  id: z.string(),
  /** False while there are older events to look at. */
  isComplete: z.boolean(),
  rows: z.number(),
  events: z.number(),
  summary: z.string(),
  merged: z.number(),
  into: z.number(),
  split: z.number(),
  made: z.number(),
  groups: z.array(PlannedGroup),
})
export type GroupingPreview = z.infer<typeof GroupingPreview>

/** Something that was regrouped. */
export const GroupingOperation = z.object({
  id: z.string(),
  kind: z.enum(['merge', 'unmerge', 'regroup', 'undo']),
  state: z.enum(['running', 'done', 'undoing', 'undone', 'failed']),
  title: z.string(),
  undoes: z.nullable(z.string()),
  dateCreated: z.string(),
  progress: z.nullable(
    z.object({
      phase: z.string(),
      rows: z.number(),
      events: z.number(),
      error: z.nullable(z.string()),
    }),
  ),
})
export type GroupingOperation = z.infer<typeof GroupingOperation>

/** Issues of several projects that share a hash. */
export const GlobalIssue = z.object({
  id: z.string(),
  title: z.string(),
  culprit: z.nullable(z.string()),
  level: Level,
  count: z.number(),
  firstSeen: z.string(),
  lastSeen: z.string(),
  projects: z.array(
    z.object({
      project: z.looseObject({ slug: z.string(), name: z.string() }),
      count: z.number(),
      issues: z.array(Issue),
    }),
  ),
})
export type GlobalIssue = z.infer<typeof GlobalIssue>
