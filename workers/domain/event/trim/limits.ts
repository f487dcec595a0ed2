/** How long each part of an event may be (spec/event-processing.md §2.1), as one table. */
import { isObject } from '../../json.ts'
import type { Stacktrace } from '../event.ts'
import { bag, container, each, every, fields, text } from './limit.ts'
import { type BagLimit, trimBag, trimEntries } from './trim-bag.ts'
import { trimFrames } from './trim-frames.ts'

const frame = fields({
  function: text(256, 20),
  raw_function: text(256, 20),
  symbol: text(256, 20),
  filename: text(256, 40),
  abs_path: text(256, 40),
  vars: bag(5, 2048),
})

const stacktrace = every(
  container((value, notes) => {
    if (isObject(value)) trimFrames(value as Stacktrace, notes)
    return value
  }),
  fields({ frames: each(frame) }),
)

const mechanism = fields({
  type: text(128),
  description: text(8192, 200),
  help_link: text(256, 40),
  data: bag(5, 2048),
})

const exception = fields({
  type: text(256, 20),
  module: text(256, 20),
  value: text(8192, 200),
  mechanism,
  stacktrace,
  raw_stacktrace: stacktrace,
})

const thread = fields({ name: text(1024, 100), stacktrace, raw_stacktrace: stacktrace })

const breadcrumb = fields({
  type: text(128),
  category: text(128),
  message: text(8192, 200),
  data: bag(5, 2048),
})

const request = fields({
  url: text(256, 40),
  fragment: text(1024, 100),
  data: bag(7, 8192),
  headers: bag(7, 8192),
  env: bag(7, 8192),
  query_string: bag(3, 1024),
  cookies: bag(5, 2048),
})

const geo = text(1024, 100)
const user = fields({
  id: text(128),
  username: text(128),
  name: text(128),
  email: text(75),
  geo: fields({ country_code: geo, city: geo, subdivision: geo, region: geo }),
  data: bag(7, 8192), // ours: the spec names no limit
})

const CONTEXT: BagLimit = { depth: 7, size: 8192 }
const FLAGS: BagLimit = { depth: 7, size: 132_072 }

const traceContext = fields({ op: text(128), origin: text(128) })
const flagsContext = fields({ values: each(fields({ flag: text(200), result: text(200) })) })

const contexts = container((value, notes) => {
  if (!isObject(value)) return value
  for (const [key, context] of Object.entries(value)) {
    if (!isObject(context)) continue
    notes.enter(key)
    if (context['type'] === 'trace') traceContext.trim(context, notes)
    if (context['type'] === 'flags') flagsContext.trim(context, notes)
    value[key] = trimBag(context, context['type'] === 'flags' ? FLAGS : CONTEXT, notes)
    notes.leave()
  }
  return value
})

const WHOLE_EXTRA: BagLimit = { depth: 7, size: 262_144 }
const ONE_EXTRA: BagLimit = { depth: 7, size: 16_384 }

const extra = container((value, notes) =>
  isObject(value) ? trimEntries(value, WHOLE_EXTRA, ONE_EXTRA, notes) : value,
)

/** Security reports have no limits in the protocol; these keep one from filling an event. */
const report = bag(7, 8192)

/** Trims an event in place. */
export const { trim: trimEvent } = fields({
  transaction: text(200),
  culprit: text(200),
  logger: text(64),
  checksum: text(128),
  modules: bag(7, 8192),
  extra,
  contexts,
  logentry: fields({
    message: text(8192, 200),
    formatted: text(8192, 200),
    params: bag(5, 2048),
  }),
  exception: fields({ values: each(exception) }),
  threads: fields({ values: each(thread) }),
  stacktrace,
  breadcrumbs: fields({ values: each(breadcrumb) }),
  request,
  user,
  sdk: fields({ name: text(256, 20), version: text(256, 20) }),
  template: fields({ filename: text(128, 20), abs_path: text(256, 40) }),
  spans: every(each(fields({ op: text(128), origin: text(128) })), bag(10, 819_200)),
  csp: report,
  hpkp: report,
  expectct: report,
  expectstaple: report,
  nel: report,
})
