import { DATA, free, type Shape, shape } from './shape.ts'
import { VALUE_TYPE } from './value-type.ts'

/*
 * The schema of an event as scrubbing sees it: spec/event-processing.md §1.2–1.4 with the field
 * classes of §5.4. What is not named here is free-form data, so an unknown field is scrubbed.
 *
 * Further than Sentry: `logentry.params` is data, since it holds what `formatted` was made of.
 */

const ID = shape('false', 'id')
const NAME = shape('false', 'name')
const CODE = shape('false', 'code')
const SENTENCE = shape('false', 'sentence')
const MAYBE_NAME = shape('maybe', 'name')
/** The wire's own fields, which selectors cannot reach and which hold no free text. */
const INERT = free('false', 'id')

const ids = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ID]))
const named = (...names: string[]) => Object.fromEntries(names.map((name) => [name, NAME]))

/** A list as the wire sends it, plain or below `values`. */
function values(item: Shape): Shape {
  return shape('false', 'data', {
    fields: { values: shape('false', 'data', { rest: item }) },
    rest: item,
  })
}

const LOGENTRY = shape('false', 'log', {
  type: VALUE_TYPE.logentry,
  fields: {
    message: shape('false', 'sentence', { type: VALUE_TYPE.message }),
    formatted: shape('true', 'log', { type: VALUE_TYPE.message }),
    params: DATA,
  },
})

const FRAME = shape('false', 'data', {
  type: VALUE_TYPE.frame,
  fields: {
    ...named('function', 'raw_function', 'symbol', 'package'),
    ...ids(
      'lineno',
      'colno',
      'platform',
      'in_app',
      'instruction_addr',
      'symbol_addr',
      'image_addr',
    ),
    ...ids('addr_mode', 'function_id', 'trust', 'lang', 'stack_start'),
    module: MAYBE_NAME,
    filename: MAYBE_NAME,
    abs_path: MAYBE_NAME,
    context_line: CODE,
    pre_context: free('false', 'code'),
    post_context: free('false', 'code'),
    vars: DATA,
    data: free('false', 'name'),
    lock: free('false', 'name'),
  },
})

const STACKTRACE = shape('false', 'data', {
  type: VALUE_TYPE.stacktrace,
  fields: {
    frames: shape('false', 'data', { rest: FRAME }),
    registers: INERT,
    frames_omitted: INERT,
    ...ids('snapshot', 'lang', 'instruction_addr_adjustment'),
  },
})

const MECHANISM = shape('false', 'data', {
  fields: {
    ...ids('type', 'handled', 'synthetic', 'exception_id', 'parent_id', 'is_exception_group'),
    ...named('source', 'help_link'),
    description: shape('true', 'prose'),
    data: DATA,
    meta: free('false', 'name'),
  },
})

const EXCEPTION = shape('false', 'data', {
  type: VALUE_TYPE.exception,
  fields: {
    type: NAME,
    value: shape('true', 'sentence'),
    module: NAME,
    thread_id: ID,
    mechanism: MECHANISM,
    stacktrace: STACKTRACE,
    raw_stacktrace: STACKTRACE,
  },
})

const THREAD = shape('false', 'data', {
  type: VALUE_TYPE.thread,
  fields: {
    ...ids('id', 'crashed', 'current', 'main', 'state'),
    name: NAME,
    stacktrace: STACKTRACE,
    raw_stacktrace: STACKTRACE,
    held_locks: free('false', 'name'),
  },
})

const BREADCRUMB = shape('false', 'data', {
  type: VALUE_TYPE.breadcrumb,
  fields: {
    ...ids('timestamp', 'level', 'event_id'),
    ...named('type', 'category', 'origin'),
    message: shape('true', 'prose'),
    data: DATA,
  },
})

const HEADERS = free('true', 'data', {
  special: 'pairs',
  // Sentry's default rules leave the user agent alone, so that the browser can be told from it.
  fields: { 'user-agent': shape('true', 'name') },
})
const COOKIES = free('true', 'data', { special: 'cookies' })

const REQUEST = shape('false', 'data', {
  type: VALUE_TYPE.request,
  fields: {
    ...ids('method', 'protocol', 'body_size', 'inferred_content_type', 'api_target'),
    url: MAYBE_NAME,
    data: DATA,
    query_string: free('true', 'data', { special: 'pairs' }),
    fragment: shape('true', 'data'),
    cookies: COOKIES,
    headers: HEADERS,
    env: free('true', 'data', {
      fields: { REMOTE_ADDR: shape('true', 'data', { special: 'address' }) },
    }),
  },
})

const USER = shape('false', 'data', {
  type: VALUE_TYPE.user,
  fields: {
    ip_address: shape('true', 'data', { special: 'address' }),
    geo: DATA,
    data: DATA,
  },
})

/** Contexts whose `type` the schema knows; a selector must name their fields. */
const KNOWN_CONTEXT = free('maybe', 'open')
const KNOWN_CONTEXTS = [
  ...['device', 'os', 'runtime', 'app', 'browser', 'gpu', 'trace', 'culture', 'cloud_resource'],
  ...['otel', 'replay', 'profile', 'flags', 'performance_score', 'spring', 'ota_updates'],
  ...['memory_info', 'threadpool_info', 'chromium_stability_report', 'unity', 'monitor'],
]
const RESPONSE_CONTEXT = free('maybe', 'open', {
  fields: {
    headers: free('true', 'data', { special: 'pairs' }),
    cookies: COOKIES,
    data: DATA,
  },
})
/** What somebody wrote to be answered: secrets go, names and addresses stay. */
const FEEDBACK_CONTEXT = free('maybe', 'open', {
  fields: {
    message: shape('true', 'open'),
    contact_email: shape('true', 'name'),
    name: shape('true', 'name'),
  },
})
const CONTEXTS = new Map<string, Shape>([
  ...KNOWN_CONTEXTS.map((type): [string, Shape] => [type, KNOWN_CONTEXT]),
  ['response', RESPONSE_CONTEXT],
  ['feedback', FEEDBACK_CONTEXT],
])

/** A context is known by its type, which normalizing sets to its key where it is missing. */
function contextNamed(key: string): Shape {
  const byKey = CONTEXTS.get(key) ?? DATA
  const choose = (value: object): Shape => {
    const type = 'type' in value && typeof value.type === 'string' ? value.type : null
    return type === null ? byKey : (CONTEXTS.get(type) ?? DATA)
  }
  return { ...byKey, choose }
}

const IMAGE_PATH = shape('maybe', 'name', { special: 'image_path' })
const DEBUG_IMAGE = free('false', 'id', {
  fields: { code_file: IMAGE_PATH, debug_file: IMAGE_PATH, name: NAME },
})

/** A span of a transaction; also one that came alone. */
export const SPAN: Shape = shape('false', 'data', {
  type: VALUE_TYPE.span,
  fields: {
    ...ids('span_id', 'trace_id', 'parent_span_id', 'segment_id', 'is_segment', 'profile_id'),
    ...ids('timestamp', 'start_timestamp', 'received', 'exclusive_time', 'status', 'platform'),
    ...named('op', 'origin', 'was_transaction'),
    description: shape('maybe', 'sentence'),
    tags: free('maybe', 'open'),
    data: DATA,
    sentry_tags: free('maybe', 'open', {
      fields: { 'user.ip': shape('maybe', 'open', { special: 'address' }) },
    }),
    measurements: INERT,
  },
})

const CSP = shape('false', 'data', {
  fields: {
    ...ids('status_code', 'line_number', 'column_number', 'disposition'),
    ...named('original_policy', 'violated_directive', 'source_file', 'script_sample'),
    effective_directive: DATA,
    blocked_uri: DATA,
    document_uri: DATA,
    referrer: DATA,
  },
})

export const EVENT: Shape = shape('false', 'data', {
  type: VALUE_TYPE.event,
  fields: {
    ...ids('event_id', 'timestamp', 'start_timestamp', 'received', 'type', 'level', 'platform'),
    ...ids('release', 'dist', 'checksum', 'time_spent', 'key_id', 'project', 'version'),
    ...named('logger', 'environment', 'transaction', 'site', 'ingest_path'),
    culprit: MAYBE_NAME,
    server_name: shape('true', 'data'),
    transaction_info: free('false', 'name'),
    fingerprint: free('false', 'name'),
    modules: INERT,
    tags: free('maybe', 'open', { special: 'pairs' }),
    extra: DATA,
    contexts: shape('false', 'data', {
      fields: Object.fromEntries([...CONTEXTS.keys()].map((key) => [key, contextNamed(key)])),
      rest: contextNamed(''),
    }),
    user: USER,
    request: REQUEST,
    logentry: LOGENTRY,
    exception: values(EXCEPTION),
    stacktrace: STACKTRACE,
    threads: values(THREAD),
    breadcrumbs: values(BREADCRUMB),
    spans: shape('false', 'data', { rest: SPAN }),
    template: shape('false', 'data', {
      fields: {
        filename: shape('true', 'name'),
        abs_path: shape('true', 'name'),
        context_line: CODE,
        pre_context: free('false', 'code'),
        post_context: free('false', 'code'),
      },
    }),
    debug_meta: shape('false', 'data', {
      fields: { images: shape('false', 'data', { rest: DEBUG_IMAGE }), sdk_info: INERT },
    }),
    sdk: free('false', 'id', {
      type: VALUE_TYPE.sdk,
      fields: { client_ip: shape('true', 'data', { special: 'address' }) },
    }),
    errors: shape('false', 'data', {
      rest: shape('false', 'sentence', { special: 'error', rest: SENTENCE }),
    }),
    csp: CSP,
    measurements: INERT,
    breakdowns: INERT,
    grouping_config: INERT,
    _metrics: INERT,
    scraping_attempts: free('false', 'name'),
    _dsc: free('false', 'name'),
  },
})
