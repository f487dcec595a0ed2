import { z } from 'zod/mini'

/** Nearly everything below was sent by an SDK, so leaves are `unknown` and show as text. */
const leaf = z.optional(z.unknown())
const record = z.record(z.string(), z.unknown())

export const Frame = z.looseObject({
  filename: leaf,
  absPath: leaf,
  module: leaf,
  package: leaf,
  platform: leaf,
  function: leaf,
  rawFunction: leaf,
  instructionAddr: leaf,
  lineNo: leaf,
  colNo: leaf,
  inApp: leaf,
  /** `[[line number, source], …]`, the frame's own line among them. */
  context: leaf,
  vars: leaf,
})
export type Frame = z.infer<typeof Frame>

/** Frames run oldest to newest: the last one is where it happened. */
export const Stacktrace = z.looseObject({
  frames: z.nullish(z.array(z.nullable(Frame))),
  framesOmitted: leaf,
  registers: leaf,
})
export type Stacktrace = z.infer<typeof Stacktrace>

export const ExceptionValue = z.looseObject({
  type: leaf,
  value: leaf,
  module: leaf,
  threadId: leaf,
  mechanism: z.nullish(record),
  stacktrace: z.nullish(Stacktrace),
  rawStacktrace: z.nullish(Stacktrace),
})
export type ExceptionValue = z.infer<typeof ExceptionValue>

/** Exceptions run oldest to newest: causes first, the one that was caught last. */
export const ExceptionData = z.looseObject({
  values: z.nullish(z.array(z.nullable(ExceptionValue))),
})
export type ExceptionData = z.infer<typeof ExceptionData>

export const Thread = z.looseObject({
  id: leaf,
  name: leaf,
  current: leaf,
  crashed: leaf,
  state: leaf,
  stacktrace: z.nullish(Stacktrace),
})
export type Thread = z.infer<typeof Thread>

export const ThreadsData = z.looseObject({ values: z.nullish(z.array(z.nullable(Thread))) })
export type ThreadsData = z.infer<typeof ThreadsData>

export const MessageData = z.looseObject({ formatted: leaf, message: leaf, params: leaf })
export type MessageData = z.infer<typeof MessageData>

export const Breadcrumb = z.looseObject({
  type: leaf,
  timestamp: leaf,
  level: leaf,
  message: leaf,
  category: leaf,
  data: leaf,
})
export type Breadcrumb = z.infer<typeof Breadcrumb>

export const BreadcrumbsData = z.looseObject({ values: z.nullish(z.array(z.nullable(Breadcrumb))) })
export type BreadcrumbsData = z.infer<typeof BreadcrumbsData>

/** `query`, `headers`, `cookies` are lists of `[key, value]`. */
export const RequestData = z.looseObject({
  method: leaf,
  url: leaf,
  query: leaf,
  fragment: leaf,
  data: leaf,
  headers: leaf,
  cookies: leaf,
  env: leaf,
})
export type RequestData = z.infer<typeof RequestData>

/** exception, stacktrace, threads, message, breadcrumbs, request, template, csp, debugmeta, … */
export const Entry = z.looseObject({ type: z.string(), data: z.unknown() })
export type Entry = z.infer<typeof Entry>

export const Tag = z.looseObject({ key: z.string(), value: z.nullable(z.string()) })
export type Tag = z.infer<typeof Tag>

export const ProcessingError = z.looseObject({
  type: z.string(),
  message: z.nullish(z.string()),
  data: leaf,
})
export type ProcessingError = z.infer<typeof ProcessingError>

/** How many events this stored one stands for (1 unless the project is sampled). Ours. */
export const Sampling = z.looseObject({ weight: z.number(), sampled: z.boolean() })
export type Sampling = z.infer<typeof Sampling>

/** A row of `GET …/issues/{id}/events/`. */
export const EventRow = z.looseObject({
  id: z.string(),
  eventID: z.string(),
  groupID: z.nullish(z.string()),
  title: z.string(),
  message: z.nullish(z.string()),
  location: z.nullish(z.string()),
  culprit: z.nullish(z.string()),
  platform: z.nullish(z.string()),
  dateCreated: z.nullish(z.string()),
  user: z.nullish(record),
  tags: z.optional(z.array(Tag)),
})
export type EventRow = z.infer<typeof EventRow>

/** A full event: `GET …/issues/{id}/events/{latest|oldest|event id}/`. */
export const Event = z.looseObject({
  id: z.string(),
  eventID: z.string(),
  groupID: z.nullable(z.string()),
  projectID: z.string(),
  title: z.string(),
  message: z.nullish(z.string()),
  culprit: z.nullish(z.string()),
  location: z.nullish(z.string()),
  type: z.string(),
  platform: z.nullish(z.string()),
  dateCreated: z.nullish(z.string()),
  dateReceived: z.nullish(z.string()),
  size: z.nullish(z.number()),
  entries: z.array(Entry),
  tags: z.array(Tag),
  contexts: record,
  /** What SDKs call `extra`. */
  context: record,
  user: z.nullish(record),
  sdk: z.nullish(z.looseObject({ name: leaf, version: leaf })),
  packages: z.nullish(record),
  errors: z.array(ProcessingError),
  metadata: record,
  fingerprints: z.optional(z.array(z.string())),
  release: z.optional(z.unknown()),
  dist: z.nullish(z.string()),
  nextEventID: z.nullish(z.string()),
  previousEventID: z.nullish(z.string()),
  sampling: z.nullish(Sampling),
})
export type Event = z.infer<typeof Event>
