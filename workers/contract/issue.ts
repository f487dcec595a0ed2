import { z } from 'zod'

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
  type: z.string().optional(),
  value: z.string().optional(),
  title: z.string().optional(),
  filename: z.string().optional(),
  function: z.string().optional(),
})
export type IssueMetadata = z.infer<typeof IssueMetadata>

/** An issue as lists and the detail answer give it. `count` is a string: clients expect one. */
export const Issue = z.looseObject({
  id: z.string(),
  shortId: z.string(),
  title: z.string(),
  culprit: z.string().nullable(),
  level: Level,
  status: z.string(),
  substatus: z.string().nullish(),
  platform: z.string().nullish(),
  type: z.string(),
  logger: z.string().nullish(),
  metadata: IssueMetadata,
  isUnhandled: z.boolean().nullish(),
  count: z.string(),
  userCount: z.number(),
  firstSeen: z.string().nullable(),
  lastSeen: z.string().nullable(),
  project: z.looseObject({ id: z.string(), slug: z.string(), name: z.string() }),
  /** Lists carry `24h`; the detail answer also `30d`. */
  stats: z.record(z.string(), StatSeries).optional(),
})
export type Issue = z.infer<typeof Issue>

/** Body of `PUT …/issues/{id}/` and of the bulk update. */
export const IssueChange = z.looseObject({ status: IssueStatus })
export type IssueChange = z.infer<typeof IssueChange>
