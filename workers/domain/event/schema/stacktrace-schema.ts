/** Stack traces and what has them (spec/event-processing.md §1.3). */
import type { Exception, Frame, Stacktrace, Thread } from '../event.ts'
import type { Dictionary } from '../own-key.ts'
import { list, object, record } from './container.ts'
import { mechanism } from './mechanism-schema.ts'
import {
  address,
  boolean,
  freeObject,
  jsonString,
  type Reader,
  signed,
  string,
  threadId,
  unsigned,
} from './scalar.ts'

/** Variables by name; some SDKs send them as a list, then their positions are their names. */
export const variables: Reader<Dictionary> = (value, notes) =>
  Array.isArray(value) ? { ...value } : freeObject(value, notes)

/** What a thread waits for. */
const lock = object({
  type: unsigned,
  address: string,
  package_name: string,
  class_name: string,
  thread_id: threadId,
})

export const frame = object<Frame>({
  function: string,
  raw_function: string,
  symbol: string,
  module: string,
  package: string,
  filename: string,
  abs_path: string,
  lineno: unsigned,
  colno: unsigned,
  platform: string,
  pre_context: list(string),
  context_line: string,
  post_context: list(string),
  in_app: boolean,
  vars: variables,
  data: object({
    sourcemap: string,
    orig_function: string,
    orig_filename: string,
    orig_lineno: unsigned,
    orig_colno: unsigned,
    orig_in_app: signed,
  }),
  image_addr: address,
  instruction_addr: address,
  addr_mode: string,
  function_id: address,
  symbol_addr: address,
  trust: string,
  lang: string,
  stack_start: boolean,
  lock,
})

const readStacktrace = object<Stacktrace>(
  {
    frames: list(frame),
    registers: record(address),
    instruction_addr_adjustment: string,
    lang: string,
    snapshot: boolean,
  },
  { required: ['frames'] },
)

export const stacktrace: Reader<Stacktrace> = (value, notes) => {
  const result = readStacktrace(value, notes)
  if (result?.frames?.length === 0) {
    result.frames = notes.at(['frames'], () => notes.invalid('expected a non-empty value'))
  }
  return result
}

export const exception = object<Exception>({
  type: string,
  value: jsonString,
  module: string,
  thread_id: threadId,
  stacktrace: { read: stacktrace, aliases: ['sentry.interfaces.Stacktrace'] },
  raw_stacktrace: stacktrace,
  mechanism,
})

export const thread = object<Thread>({
  id: threadId,
  name: string,
  stacktrace,
  raw_stacktrace: stacktrace,
  crashed: boolean,
  current: boolean,
  main: boolean,
  state: string,
  held_locks: record(lock),
})
