import { gzipSync } from 'node:zlib'

/** What tells one event from another. */
export interface EventPlan {
  eventId: string
  /** Events of one number have one type and one stack: they are one issue. */
  issue: number
  /** Grows with each event: messages, ids and numbers differ as they do in life. */
  serial: number
  release: string
  environment: string
  user: string
}

/** Lines of a made-up program; frames quote them as source context. */
const SOURCE = [
  'def checkout(cart, customer):',
  '    total = sum(line.price * line.quantity for line in cart.lines)',
  '    if customer.discount is not None:',
  '        total = customer.discount.apply(total, currency=cart.currency)',
  '    with transaction(isolation="serializable") as session:',
  '        order = Order.create(session, customer=customer, total=total)',
  '        payment = gateway.charge(customer.card, total, key=order.number)',
  '        order.attach(payment)',
  '    notify_warehouse.delay(order.number)',
  '    return redirect("order", number=order.number)',
]

/**
 * An error of a web shop, shaped as sentry-python sends it; JSON of about `bytes` bytes, of which a
 * frame takes some 500. Without a number of frames, small events have few and none has more than 12.
 */
export function makeEventJson(
  plan: EventPlan,
  bytes: number,
  frames = Math.max(2, Math.min(12, Math.floor(bytes / 640))),
): string {
  const event = {
    event_id: plan.eventId,
    timestamp: Date.now() / 1000,
    platform: 'python',
    level: 'error',
    logger: 'shop.checkout',
    release: plan.release,
    environment: plan.environment,
    server_name: `web-${plan.serial % 7}`,
    transaction: `/shop/step-${plan.issue}/`,
    sdk: { name: 'sentry.python.flask', version: '2.75.0' },
    user: { id: plan.user, email: `customer-${plan.user}@shop.example` },
    tags: { shard: String(plan.serial % 4), payment: plan.serial % 2 ? 'card' : 'invoice' },
    request: {
      method: 'POST',
      url: `https://shop.example/step-${plan.issue}/`,
      query_string: `cart=${plan.serial}`,
      headers: { Host: 'shop.example', 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64)' },
    },
    contexts: { runtime: { name: 'CPython', version: '3.13.2' }, trace: traceOf(plan.eventId) },
    breadcrumbs: { values: [] as unknown[] },
    exception: {
      values: [
        {
          type: `Checkout${plan.issue}Error`,
          value: `order ${plan.serial} could not be charged: gateway said ${plan.serial % 90}`,
          mechanism: { type: 'flask', handled: false },
          stacktrace: { frames: framesOf(plan.issue, frames) },
        },
      ],
    },
  }
  let size = JSON.stringify(event).length
  for (let index = 0; size < bytes - CRUMB_BYTES; index += 1) {
    const crumb = crumbOf(plan, index)
    event.breadcrumbs.values.push(crumb)
    size += JSON.stringify(crumb).length + 1
  }
  return JSON.stringify(event)
}

/** About the size of one breadcrumb: the last step towards the size that was asked for. */
const CRUMB_BYTES = 180

function crumbOf({ serial }: EventPlan, index: number): Record<string, unknown> {
  return {
    timestamp: Date.now() / 1000 - 60 + index,
    category: index % 3 === 0 ? 'query' : 'httplib',
    message: `SELECT order_line.* FROM order_line WHERE order_id = ${serial + index * 31}`,
    level: 'info',
    data: { duration_ms: ((serial + index) * 7) % 90, rows: (serial * index) % 40 },
  }
}

function traceOf(eventId: string): Record<string, string> {
  return { trace_id: eventId, span_id: eventId.slice(0, 16), op: 'http.server' }
}

/** Frames oldest first. */
function framesOf(issue: number, count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => {
    const line = index % SOURCE.length
    return {
      filename: index < count / 2 ? 'flask/app.py' : `shop/step_${issue}.py`,
      abs_path: index < count / 2 ? '/srv/venv/flask/app.py' : `/srv/shop/step_${issue}.py`,
      module: index < count / 2 ? 'flask.app' : `shop.step_${issue}`,
      function: index === count - 1 ? `charge_${issue}` : `call_${index}`,
      lineno: 40 + index * 11,
      in_app: index >= count / 2,
      pre_context: SOURCE.slice(Math.max(0, line - 3), line),
      context_line: SOURCE[line],
      post_context: SOURCE.slice(line + 1, line + 4),
    }
  })
}

/** A request as an SDK makes it: an envelope with one event, gzip, authenticated by header. */
export interface IngestRequest {
  path: string
  headers: Record<string, string>
  body: Uint8Array
}

export function makeRequest(
  eventJson: string,
  { eventId, projectId, publicKey }: { eventId: string; projectId: string; publicKey: string },
): IngestRequest {
  const header = JSON.stringify({ event_id: eventId, sent_at: new Date().toISOString() })
  const item = JSON.stringify({ type: 'event', length: Buffer.byteLength(eventJson) })
  return {
    path: `/api/${projectId}/envelope/`,
    headers: {
      'content-type': 'application/x-sentry-envelope',
      'content-encoding': 'gzip',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=picket-bench/1.0, sentry_key=${publicKey}`,
    },
    body: gzipSync(`${header}\n${item}\n${eventJson}\n`, { level: 1 }),
  }
}
