import { z } from 'zod'

/** Nearly everything below was sent by an SDK, so leaves are `unknown` and show as text. */
const leaf = z.unknown().optional()
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
  frames: z.array(Frame.nullable()).nullish(),
  framesOmitted: leaf,
  registers: leaf,
})
export type Stacktrace = z.infer<typeof Stacktrace>

export const ExceptionValue = z.looseObject({
  type: leaf,
  value: leaf,
  module: leaf,
  threadId: leaf,
  mechanism: record.nullish(),
  stacktrace: Stacktrace.nullish(),
  rawStacktrace: Stacktrace.nullish(),
})
export type ExceptionValue = z.infer<typeof ExceptionValue>

/** Exceptions run oldest to newest: causes first, the one that was caught last. */
export const ExceptionData = z.looseObject({ values: z.array(ExceptionValue.nullable()).nullish() })
export type ExceptionData = z.infer<typeof ExceptionData>

export const Thread = z.looseObject({
  id: leaf,
  name: leaf,
  current: leaf,
  crashed: leaf,
  state: leaf,
  stacktrace: Stacktrace.nullish(),
})
export type Thread = z.infer<typeof Thread>

export const ThreadsData = z.looseObject({ values: z.array(Thread.nullable()).nullish() })
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

export const BreadcrumbsData = z.looseObject({ values: z.array(Breadcrumb.nullable()).nullish() })
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

export const Tag = z.looseObject({ key: z.string(), value: z.string().nullable() })
export type Tag = z.infer<typeof Tag>

export const ProcessingError = z.looseObject({
  type: z.string(),
  message: z.string().nullish(),
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
  groupID: z.string().nullish(),
  title: z.string(),
  message: z.string().nullish(),
  location: z.string().nullish(),
  culprit: z.string().nullish(),
  platform: z.string().nullish(),
  dateCreated: z.string().nullish(),
  user: record.nullish(),
  tags: z.array(Tag).optional(),
})
export type EventRow = z.infer<typeof EventRow>

/** A full event: `GET …/issues/{id}/events/{latest|oldest|event id}/`. */
export const Event = z.looseObject({
  id: z.string(),
  eventID: z.string(),
  groupID: z.string().nullable(),
  projectID: z.string(),
  title: z.string(),
  message: z.string().nullish(),
  culprit: z.string().nullish(),
  location: z.string().nullish(),
  type: z.string(),
  platform: z.string().nullish(),
  dateCreated: z.string().nullish(),
  dateReceived: z.string().nullish(),
  size: z.number().nullish(),
  entries: z.array(Entry),
  tags: z.array(Tag),
  contexts: record,
  /** What SDKs call `extra`. */
  context: record,
  user: record.nullish(),
  sdk: z.looseObject({ name: leaf, version: leaf }).nullish(),
  packages: record.nullish(),
  errors: z.array(ProcessingError),
  metadata: record,
  fingerprints: z.array(z.string()).optional(),
  release: z.unknown().optional(),
  dist: z.string().nullish(),
  nextEventID: z.string().nullish(),
  previousEventID: z.string().nullish(),
  sampling: Sampling.nullish(),
})
export type Event = z.infer<typeof Event>
