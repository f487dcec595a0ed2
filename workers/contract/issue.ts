import { z } from 'zod/mini'

export const Level = z.enum(['sample', 'debug', 'info', 'warning', 'error', 'fatal', 'unknown'])
export type Level = z.infer<typeof Level>

export const IssueStatus = z.enum(['unresolved', 'resolved', 'ignored'])
export type IssueStatus = z.infer<typeof IssueStatus>

/** `date`: last seen, `new`: first seen, `freq`: events, `user`: users; all descending. */
export const IssueSort = z.enum(['date', 'new', 'freq', 'user'])
export type IssueSort = z.infer<typeof IssueSort>

/** `[Unix seconds, events]` per bucket, oldest first. */
export const StatSeries = z.array(z.tuple([z.number(), z.number()]))
export type StatSeries = z.infer<typeof StatSeries>

/** What a title is made of. SDK data: any of it may be missing. */
export const IssueMetadata = z.looseObject({
  type: z.optional(z.string()),
  value: z.optional(z.string()),
  title: z.optional(z.string()),
  filename: z.optional(z.string()),
  function: z.optional(z.string()),
})
export type IssueMetadata = z.infer<typeof IssueMetadata>

/** An issue as lists and the detail answer give it. `count` is a string: clients expect one. */
export const Issue = z.looseObject({
  id: z.string(),
  shortId: z.string(),
  title: z.string(),
  culprit: z.nullable(z.string()),
  level: Level,
  status: z.string(),
  substatus: z.nullish(z.string()),
  platform: z.nullish(z.string()),
  type: z.string(),
  logger: z.nullish(z.string()),
  metadata: IssueMetadata,
  isUnhandled: z.nullish(z.boolean()),
  count: z.string(),
  userCount: z.number(),
  firstSeen: z.nullable(z.string()),
  lastSeen: z.nullable(z.string()),
  project: z.looseObject({ id: z.string(), slug: z.string(), name: z.string() }),
  /** Lists carry `24h`; the detail answer also `30d`. */
  stats: z.optional(z.record(z.string(), StatSeries)),
})
export type Issue = z.infer<typeof Issue>

const minutes = z.nullish(z.int().check(z.minimum(1), z.maximum(5_256_000)))
const windowMinutes = z.nullish(z.int().check(z.minimum(1), z.maximum(10_080)))
const quantity = z.nullish(z.int().check(z.minimum(1), z.maximum(1_000_000_000)))

/** When an archived issue comes back. Clients send it in `statusDetails` or beside `status`. */
const archiveDetails = {
  ignoreDuration: minutes,
  ignoreCount: quantity,
  ignoreWindow: windowMinutes,
  ignoreUserCount: quantity,
  ignoreUserWindow: windowMinutes,
}

export const StatusDetails = z.looseObject({
  ...archiveDetails,
  inNextRelease: z.nullish(z.boolean()),
  /** A version, or `latest`. */
  inRelease: z.nullish(z.string().check(z.minLength(1), z.maxLength(250))),
  inCommit: z.nullish(
    z.object({
      commit: z.string().check(z.minLength(1), z.maxLength(64)),
      repository: z.string().check(z.minLength(1), z.maxLength(200)),
    }),
  ),
})
export type StatusDetails = z.infer<typeof StatusDetails>

export const IssueSubstatus = z.enum([
  'new',
  'ongoing',
  'escalating',
  'regressed',
  'archived_until_escalating',
  'archived_until_condition_met',
  'archived_forever',
])
export type IssueSubstatus = z.infer<typeof IssueSubstatus>

export const IssuePriority = z.enum(['low', 'medium', 'high'])
export type IssuePriority = z.infer<typeof IssuePriority>

/** Body of `PUT …/issues/{id}/` and of the bulk update. Each part may stand alone. */
export const IssueChange = z.looseObject({
  ...archiveDetails,
  /** `muted` and `resolvedInNextRelease` are what older clients send. */
  status: z.optional(z.enum([...IssueStatus.options, 'muted', 'resolvedInNextRelease'])),
  substatus: z.nullish(IssueSubstatus),
  statusDetails: z.nullish(StatusDetails),
  /** `user:1`, `team:2`, an id, an email or a name; empty or null for nobody. */
  assignedTo: z.nullish(z.string().check(z.maxLength(320))),
  priority: z.optional(IssuePriority),
  /** Joins the issues of a bulk update into the one with the most events. */
  merge: z.optional(z.union([z.boolean(), z.literal(0), z.literal(1)])),
  /** Deletes the issue and filters what happens of it from now on. */
  discard: z.optional(z.boolean()),
})
export type IssueChange = z.infer<typeof IssueChange>
