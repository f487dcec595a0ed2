/**
 * An event as it rests: what an SDK sent, after `normalizeEvent`. Field names are the wire's
 * (spec/event-processing.md §1). SDKs send fields we do not know yet; they are kept, so every part
 * is open. A field that could not be read is null or absent and noted in `_meta`.
 */

/** Values normalizing lets through at the leaves. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

interface Open {
  [key: string]: unknown
}

export interface PicketEvent extends Open {
  /** 32 lower-case hex characters. */
  event_id: string
  /** Unix seconds, by the corrected clock of the SDK. */
  timestamp: number
  /** Unix seconds, by our clock. */
  received: number
  /** `error`, `default`, `csp`, `hpkp`, `expectct`, `expectstaple`, `nel`, `transaction` … */
  type: string
  level: Level
  platform: string
  logger?: string | null
  transaction?: string | null
  server_name?: string | null
  release?: string | null
  dist?: string | null
  environment?: string | null
  site?: string | null
  fingerprint?: string[] | null
  modules?: Record<string, string | null> | null
  /** In order of sending, each key once. */
  tags?: Pair[] | null
  extra?: Record<string, Json> | null
  contexts?: Record<string, Record<string, unknown> | null> | null
  user?: EventUser | null
  request?: EventRequest | null
  logentry?: LogEntry | null
  exception?: Values<Exception> | null
  stacktrace?: Stacktrace | null
  threads?: Values<Thread> | null
  breadcrumbs?: Values<Breadcrumb> | null
  template?: Open | null
  debug_meta?: { images?: (DebugImage | null)[] | null; sdk_info?: unknown } | null
  sdk?: { name?: string | null; version?: string | null; [key: string]: unknown } | null
  errors?: EventError[] | null
  csp?: Open | null
  hpkp?: Open | null
  expectct?: Open | null
  expectstaple?: Open | null
  nel?: Open | null
  _meta?: MetaTree
}

/** A pair whose key or value could not be read has null in its place; what was no pair is null. */
export type Pair = [key: string | null, value: string | null] | null

export type Level = 'debug' | 'info' | 'warning' | 'error' | 'fatal' | 'sample'

export interface Values<Value> extends Open {
  values?: (Value | null)[] | null
}

export interface LogEntry extends Open {
  formatted?: string | null
  message?: string | null
  params?: Json
}

/** Oldest (innermost cause) first, the one that was caught last. */
export interface Exception extends Open {
  type?: string | null
  value?: string | null
  module?: string | null
  thread_id?: string | number | null
  mechanism?: Mechanism | null
  stacktrace?: Stacktrace | null
  raw_stacktrace?: Stacktrace | null
}

export interface Mechanism extends Open {
  type?: string | null
  handled?: boolean | null
  synthetic?: boolean | null
  exception_id?: number | null
  parent_id?: number | null
  is_exception_group?: boolean | null
  meta?: Open | null
  data?: Record<string, Json> | null
}

/** Frames run from the outermost call to where it happened. */
export interface Stacktrace extends Open {
  frames?: (Frame | null)[] | null
  frames_omitted?: [number, number] | null
  registers?: Record<string, string | null> | null
  snapshot?: boolean | null
}

export interface Frame extends Open {
  function?: string | null
  raw_function?: string | null
  module?: string | null
  filename?: string | null
  abs_path?: string | null
  lineno?: number | null
  colno?: number | null
  package?: string | null
  platform?: string | null
  in_app?: boolean | null
  pre_context?: (string | null)[] | null
  context_line?: string | null
  post_context?: (string | null)[] | null
  vars?: Record<string, Json> | null
  instruction_addr?: string | null
  symbol_addr?: string | null
  image_addr?: string | null
  addr_mode?: string | null
  /** What symbolication and enhancement note about the frame. */
  data?: Record<string, unknown> | null
}

export interface Thread extends Open {
  id?: string | number | null
  name?: string | null
  crashed?: boolean | null
  current?: boolean | null
  main?: boolean | null
  state?: string | null
  stacktrace?: Stacktrace | null
}

export interface Breadcrumb extends Open {
  /** Unix seconds. */
  timestamp?: number | null
  type?: string | null
  category?: string | null
  level?: Level | null
  message?: string | null
  data?: Record<string, Json> | null
}

export interface EventUser extends Open {
  id?: string | null
  email?: string | null
  username?: string | null
  name?: string | null
  ip_address?: string | null
  geo?: Open | null
  data?: Record<string, Json> | null
}

export interface EventRequest extends Open {
  url?: string | null
  method?: string | null
  data?: Json
  query_string?: Pair[] | null
  cookies?: Pair[] | null
  headers?: Pair[] | null
  env?: Record<string, Json> | null
  fragment?: string | null
  inferred_content_type?: string | null
}

export interface DebugImage extends Open {
  type?: string | null
  debug_id?: string | null
  code_file?: string | null
  code_id?: string | null
}

/** What could not be read or symbolicated, as the issue page tells it. */
export interface EventError extends Open {
  type: string
  name?: string | null
  value?: Json
}

/** Mirrors the event; the notes of a place stand under its `''` (spec/event-processing.md §2.3). */
export interface MetaTree {
  ''?: Meta
  [key: string]: MetaTree | Meta | undefined
}

export interface Meta {
  /** Remarks: `[rule id, type]` or `[rule id, type, start, end]`. */
  rem?: (string | number)[][]
  err?: (string | [string, Record<string, unknown>])[]
  /** Length of the original, characters or items. */
  len?: number
  val?: Json
}
