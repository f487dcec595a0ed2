import type { Exception, PicketEvent } from '#domain/event/event.ts'
import { makeError, makeEvent, makeFrames } from '../make-event.ts'

/**
 * What people complain about in trackers' issue lists, as events: each family is one problem seen
 * several times, and no two families are the same problem.
 */
export const FAMILIES: Record<string, PicketEvent[]> = {
  ...messages({
    'ids in words': ['order_4711 not found', 'order_99 not found', 'order_123456789 not found'],
    'users by number': ['no profile for user4711', 'no profile for user98765'],
    'random ids': ['charge ch_3MqLiJLkdIwHu7ix0 failed', 'charge ch_3Nffr7eUfNV2Hib failed'],
    'ids of digits by chance': ['commit 4150908 is gone', 'commit 41509a8 is gone'],
    'ids that grow': ['row 9999999 is locked', 'row 10000000 is locked', 'row 12 is locked'],
    tokens: [
      'bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.abc',
      'bad token eyJhbGciOiJub25lIn0.eyJpZCI6.xyz',
    ],
    'uuids after a prefix': [
      'job_550e8400-e29b-41d4-a716-446655440000 died',
      'job_6ba7b810-9dad-11d1-80b4-00c04fd430c8 died',
    ],
    'ports and hosts': [
      'connect ECONNREFUSED 127.0.0.1:5432',
      'connect ECONNREFUSED ::1:5432',
      'connect ECONNREFUSED localhost:6543',
      'connect ECONNREFUSED db.internal:5432',
    ],
    sizes: ['file of 12KB refused', 'file of 1.5 MB refused', 'file of 900 bytes refused'],
    durations: ['gave up after 30s', 'gave up after 5min', 'gave up after 250ms'],
    thousands: ['4,150 rows left', '4,150,908 rows left', '12 rows left'],
    lists: ['cannot load ids [1, 2, 3]', 'cannot load ids [4, 5]'],
    'quoted values': ["duplicate entry 'bob 12' for key", "duplicate entry 'alice w 7' for key"],
    dates: ['late since 2024-01-02 03:04:05', 'late since 2025-11-12T13:14:15Z'],
    versions: ['agent 1.2 too old', 'agent 1.2.3 too old'],
    'quoted names a': ["object has no attribute 'storage_name'"],
    'quoted names b': ["object has no attribute 'storage_path'"],
    'codecs a': ['cannot decode utf_8'],
    'codecs b': ['cannot decode utf_16'],
    'hashes a': ['sha256 mismatch'],
    'hashes b': ['sha512 mismatch'],
    'error codes a': ['E1234 raised'],
    'error codes b': ['E4321 raised'],
    'routes a': ["no route '/orders'"],
    'routes b': ["no route '/baskets'"],
    'apostrophes a': ["can't open what you've sent"],
    'apostrophes b': ["can't close what you've sent"],
  }),
  'undefined in each browser': browserErrors('TypeError', [
    "Cannot read properties of undefined (reading 'total')",
    "Cannot read property 'total' of undefined",
    'can\'t access property "total", t.basket is undefined',
    "undefined is not an object (evaluating 't.basket.total')",
  ]),
  'null in each browser': browserErrors('TypeError', [
    "Cannot read properties of null (reading 'total')",
    "null is not an object (evaluating 'e.total')",
  ]),
  'another property': browserErrors('TypeError', [
    "Cannot read properties of undefined (reading 'sum')",
  ]),
  'a missing variable': browserErrors('ReferenceError', [
    'gtag is not defined',
    "Can't find variable: gtag",
  ]),
  'no function': browserErrors('TypeError', [
    'e.pay is not a function',
    "e.pay is not a function. (In 'e.pay()', 'e.pay' is undefined)",
  ]),
  'no network': browserErrors('TypeError', [
    'Failed to fetch',
    'Load failed',
    'NetworkError when attempting to fetch resource.',
  ]),
  'a module that is gone': browserErrors('TypeError', [
    'Failed to fetch dynamically imported module: https://a.example/assets/pay-BQ9Kx3_z.js',
    'error loading dynamically imported module: https://a.example/assets/pay-C1xyab2Q.js',
    'Importing a module script failed.',
  ]),
  'endless recursion': [
    ...browserErrors('RangeError', [
      'Maximum call stack size exceeded',
      'Maximum call stack size exceeded.',
    ]),
    ...browserErrors('InternalError', ['too much recursion']),
  ],
  'no JSON': browserErrors('SyntaxError', [
    'Unexpected token < in JSON at position 0',
    'Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON',
    'JSON.parse: unexpected character at line 1 column 1 of the JSON data',
    "JSON Parse error: Unrecognized token '<'",
  ]),
  'JSON cut off': browserErrors('SyntaxError', [
    'Unexpected end of JSON input',
    'JSON Parse error: Unexpected EOF',
  ]),
  'a resize loop': browserErrors('Error', [
    'ResizeObserver loop limit exceeded',
    'ResizeObserver loop completed with undelivered notifications.',
  ]),
  'a full store': [
    ...browserErrors('QuotaExceededError', [
      "Failed to execute 'setItem' on 'Storage': Setting the value of 'cart' exceeded the quota.",
      'The quota has been exceeded.',
    ]),
    ...browserErrors('NS_ERROR_DOM_QUOTA_REACHED', [
      'Persistent storage maximum size reached: quota has been exceeded',
    ]),
  ],
  'frames in each browser': [
    trace('new Cart', 'Object.next [as then]', 'async load'),
    trace('Cart', 'next', 'async*load'),
    trace('shop/Cart', 'next', 'load'),
  ],
  'hashed chunks': ['main.3f2a1b9c.js', 'main.77aa01ff00.js', 'main.js?v=3'].map(script),
  'Vite chunks': ['index-BQ9Kx3_z.js', 'index-C1xyab2Q.js', 'index-DA6fs5IQ.js'].map(script),
  'numbered chunks': ['158.9a1b2c3d.chunk.js', '77.00ff11aa.chunk.js'].map(script),
  'another chunk': [script('vendor.3f2a1b9c.js')],
  'a name like a hash a': [script('user-settings.js')],
  'a name like a hash b': [script('user-UserList.js')],
  'queries of other platforms': [
    makeError(
      { type: 'E', stacktrace: makeFrames({ filename: 'index.php?id=7', in_app: true }) },
      { platform: 'php' },
    ),
    makeError(
      { type: 'E', stacktrace: makeFrames({ filename: 'index.php', in_app: true }) },
      { platform: 'php' },
    ),
  ],
  'empty, by logger a': [makeEvent({ logger: 'shop.cart' }), makeEvent({ logger: 'shop.cart' })],
  'empty, by logger b': [makeEvent({ logger: 'shop.mail' })],
  'empty, by page a': [
    makeEvent({ transaction: '/orders/17' }),
    makeEvent({ transaction: '/orders/18' }),
  ],
  'empty, by page b': [makeEvent({ transaction: '/baskets/17' })],
  'scripts in blobs a': [blob('checkout'), blob('checkout')],
  'scripts in blobs b': [blob('search')],
}

function messages(families: Record<string, string[]>): Record<string, PicketEvent[]> {
  return Object.fromEntries(
    Object.entries(families).map(([name, texts]) => [
      name,
      texts.map((formatted) => makeEvent({ type: 'default', logentry: { formatted } })),
    ]),
  )
}

function browserErrors(type: string, values: string[]): PicketEvent[] {
  return values.map((value) => inBrowser({ type, value }))
}

function trace(...names: string[]): PicketEvent {
  return inBrowser({
    type: 'Error',
    stacktrace: makeFrames(
      ...names.map((name) => ({ function: name, module: 'shop', in_app: true })),
    ),
  })
}

function script(filename: string): PicketEvent {
  const frame = { filename, abs_path: `app:///${filename}`, function: 'pay', in_app: true }
  return inBrowser({ type: 'HashedError', stacktrace: makeFrames(frame) })
}

function blob(transaction: string): PicketEvent {
  const frame = {
    abs_path: 'blob:https://a.example/550e8400-e29b-41d4-a716-446655440000',
    in_app: true,
  }
  return inBrowser(
    { mechanism: { synthetic: true }, stacktrace: makeFrames(frame) },
    { transaction },
  )
}

function inBrowser(exception: Exception, fields: Partial<PicketEvent> = {}): PicketEvent {
  return makeError(exception, { platform: 'javascript', ...fields })
}
