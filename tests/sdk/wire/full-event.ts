/** An event with every interface an SDK can send, small: the start of all that is odd. */
export const FULL_EVENT = {
  timestamp: '2026-01-02T03:04:05Z',
  platform: 'python',
  level: 'error',
  logger: 'shop.basket',
  transaction: '/basket',
  culprit: 'basket in total',
  server_name: 'web-1',
  release: 'shop@1.0.0',
  dist: '7',
  environment: 'production',
  fingerprint: ['{{ default }}', 'basket'],
  modules: { flask: '3.1.3' },
  extra: { attempt: 1, nested: { list: [1, 'two', null] } },
  tags: { region: 'eu', shard: 3 },
  user: { id: 1, email: 'ada@shop.example', username: 'ada', ip_address: '203.0.113.7', data: {} },
  request: {
    url: 'https://shop.example/basket?item=1#top',
    method: 'POST',
    query_string: 'item=1',
    cookies: 'theme=dark',
    headers: { 'User-Agent': 'Mozilla/5.0', Accept: '*/*' },
    env: { REMOTE_ADDR: '203.0.113.7' },
    data: { item: 1 },
  },
  logentry: { message: 'total of %s', params: ['basket'], formatted: 'total of basket' },
  exception: {
    values: [
      {
        type: 'ValueError',
        value: 'total is negative',
        module: 'shop',
        thread_id: 1,
        mechanism: {
          type: 'flask',
          handled: false,
          data: { a: 1 },
          meta: { errno: { number: 2 } },
        },
        stacktrace: {
          frames: [
            {
              function: 'total',
              module: 'shop.basket',
              filename: 'shop/basket.py',
              abs_path: '/srv/shop/basket.py',
              lineno: 12,
              colno: 3,
              in_app: true,
              pre_context: ['def total():'],
              context_line: '  raise ValueError()',
              post_context: [''],
              vars: { items: ['1'] },
              instruction_addr: '0x10',
            },
          ],
          registers: { rip: '0x10' },
          frames_omitted: [1, 2],
        },
      },
    ],
  },
  threads: { values: [{ id: 1, name: 'main', crashed: true, current: true, stacktrace: null }] },
  breadcrumbs: {
    values: [
      {
        timestamp: '2026-01-02T03:04:04Z',
        type: 'http',
        category: 'fetch',
        level: 'info',
        message: 'GET /prices',
        data: { status_code: 200 },
      },
    ],
  },
  contexts: {
    os: { name: 'Linux', version: '6.1' },
    runtime: { name: 'CPython', version: '3.13' },
    trace: {
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      span_id: 'b7ad6b7169203331',
      op: 'http',
    },
    device: { family: 'server', model: 'x' },
    basket: { id: 7 },
  },
  debug_meta: { images: [{ type: 'elf', debug_id: 'c0bcc3f1-9827-fe65-3058-404b2831d9e6' }] },
  sdk: { name: 'sentry.python', version: '2.0.0', packages: [{ name: 'pypi:sentry-sdk' }] },
  template: { filename: 'basket.html', lineno: 1 },
  errors: [{ type: 'invalid_data', name: 'x' }],
  _meta: { message: { '': { len: 3 } } },
}

/** A step into an event: a key of an object or an index of a list. */
export type Path = (string | number)[]

/** Every place of a value, the value itself left out, outermost first. */
export function places(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...at, Array.isArray(value) ? Number(key) : key]
    return [place, ...places(inner, place)]
  })
}

/** A copy with something else at `place`. */
export function withValue(event: object, place: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(event) as Record<string, unknown>
  let holder = copy as Record<string | number, unknown>
  for (const step of place.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>
  holder[place.at(-1)!] = value
  return copy
}
