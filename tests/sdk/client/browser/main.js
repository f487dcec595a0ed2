import * as Sentry from '@sentry/browser'

/** A plain page: one button's handler throws, the other's promise is rejected and nobody waits. */
Sentry.init({
  dsn: import.meta.env.VITE_SENTRY_DSN,
  environment: 'production',
  release: 'shop-page@2.0.0',
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1.0,
})
Sentry.setUser({ id: 'u-7', email: 'barbara@shop.example' })
Sentry.setTag('region', 'eu-north-1')

function priceOf(basket) {
  return basket.lines.reduce((sum, line) => sum + line.price.amount, 0)
}

document.querySelector('#buy').addEventListener('click', function buyNow() {
  console.info('buying 2 things')
  priceOf({ lines: [{ price: { amount: 3 } }, {}] })
})

document.querySelector('#reserve').addEventListener('click', function reserve() {
  Promise.reject(new RangeError('only 3 can be reserved'))
})
