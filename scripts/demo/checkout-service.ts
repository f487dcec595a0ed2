import * as Sentry from '@sentry/node'

import type { Chance } from './chance.ts'
import { PEOPLE } from './person.ts'

/**
 * A checkout service in Node that really fails: its errors are thrown below and reported by the
 * newest SDK, so stack, source and causes are what that SDK makes of them.
 */
class PaymentDeclined extends Error {
  override name = 'PaymentDeclined'
}
class StockConflict extends Error {
  override name = 'StockConflict'
}

interface Order {
  id: number
  total: number
  customer?: { address?: { country: string } }
}

function shippingZone(order: Order): string {
  // The bug most seen: guests have no address yet.
  return order.customer!.address!.country.toUpperCase()
}

function quoteShipping(order: Order): string {
  return `${shippingZone(order)}-standard`
}

function readGateway(answer: string): { status: string } {
  return JSON.parse(answer)
}

function chargeCard(order: Order): void {
  try {
    readGateway('<html>502 Bad Gateway</html>')
  } catch (cause) {
    throw new PaymentDeclined(`order ${order.id}: the gateway did not answer`, { cause })
  }
}

function reserveStock(order: Order): void {
  const shelf = new Map([['sku-77', 2]])
  const left = (shelf.get('sku-77') ?? 0) - 3
  if (left < 0) throw new StockConflict(`sku-77 is short by ${-left} for order ${order.id}`)
}

function splitInvoice(order: Order): number[] {
  return new Array(order.total > 0 ? -1 : 0).fill(0)
}

/** Most frequent first. */
const FAULTS: { route: string; level: Sentry.SeverityLevel; fail: (order: Order) => void }[] = [
  { route: 'POST /checkout/shipping', level: 'error', fail: quoteShipping },
  { route: 'POST /checkout/payment', level: 'error', fail: chargeCard },
  { route: 'POST /checkout/reserve', level: 'warning', fail: reserveStock },
  { route: 'GET /orders/:id/invoice', level: 'fatal', fail: splitInvoice },
]

const RELEASES = ['checkout@2.8.1', 'checkout@2.8.0', 'checkout@2.7.4']
const ENVIRONMENTS = ['production', 'production', 'staging']

/** Sends `count` errors and a few messages; resolves when the SDK has handed them all over. */
export async function runCheckout(dsn: string, count: number, chance: Chance): Promise<number> {
  Sentry.init({
    dsn,
    // Two equal errors in a row are what a demo is made of.
    integrations: (defaults) => defaults.filter(({ name }) => name !== 'Dedupe'),
  })
  for (let sent = 0; sent < count; sent++) {
    await request(() => failOnce(chance, 40_000 + sent))
    // The SDK's buffer holds 64; we wait rather than make it drop.
    if (sent % 40 === 39) await Sentry.flush(10_000)
  }
  checkRates()
  retryWebhook()
  const isDone = await Sentry.close(20_000)
  if (!isDone) throw new Error('the SDK could not hand over its events within 20 s')
  return count + 2
}

/** Runs `work` at the bottom of a stack of its own, as a server would: equal faults look equal. */
function request(work: () => void): Promise<void> {
  return new Promise((done) => {
    setTimeout(() => {
      work()
      done()
    }, 0)
  })
}

function checkRates(): void {
  Sentry.captureMessage('Exchange rates are older than an hour', 'info')
}

function retryWebhook(): void {
  Sentry.captureMessage('The payment webhook is tried for the 5th time', 'warning')
}

function failOnce(chance: Chance, id: number): void {
  const person = chance.pickZipf(PEOPLE)
  const { route, level, fail } = chance.pickZipf(FAULTS)
  const release = chance.pickZipf(RELEASES)
  const environment = chance.pick(ENVIRONMENTS)
  Sentry.withIsolationScope((scope) => {
    scope.setUser({ id: person.id, username: person.username, email: person.email })
    scope.setTags({ service: 'checkout', region: person.region, customer_id: person.id })
    scope.setTransactionName(route)
    scope.setContext('order', { id, total: 149.5, currency: 'EUR' })
    scope.addBreadcrumb({ category: 'http', type: 'http', message: 'GET /basket', level: 'info' })
    scope.addBreadcrumb({ category: 'query', message: 'SELECT * FROM basket_line', level: 'debug' })
    scope.addBreadcrumb({ category: 'checkout', message: `order ${id} opened`, level: 'info' })
    scope.addEventProcessor((event) => ({ ...event, release, environment, level }))
    try {
      fail({ id, total: 149.5, customer: {} })
    } catch (error) {
      Sentry.captureException(error)
    }
  })
}
