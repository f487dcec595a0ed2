import { z } from 'zod/mini'

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
