import * as Sentry from '@sentry/node'

/** A worker that fails twice: once caught and reported, once so badly that the process ends. */
class PaymentError extends Error {
  name = 'PaymentError'
}

function readCard(order) {
  return order.customer.card.number
}

function chargeOrder(order) {
  try {
    return readCard(order)
  } catch (cause) {
    throw new PaymentError(`order ${order.id} was not charged`, { cause })
  }
}

Sentry.setUser({ id: '4711', email: 'ada@shop.example', username: 'ada' })
Sentry.setTag('region', 'eu-west-1')
Sentry.setContext('order', { id: 1042, lines: 3 })
Sentry.addBreadcrumb({
  category: 'queue',
  message: 'order 1042 taken',
  level: 'info',
  data: { queue: 'orders' },
})

try {
  chargeOrder({ id: 1042, customer: {} })
} catch (error) {
  Sentry.captureException(error, { tags: { service: 'billing' }, extra: { attempt: 2 } })
}
Sentry.captureMessage('stock of sku-77 is negative', 'warning')

setTimeout(function shipOrder() {
  undefined.trackingNumber.trim()
}, 10)
