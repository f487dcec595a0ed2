import * as Sentry from '@sentry/cloudflare'

/** A Worker as its quick-start makes it: one path answers, the other one fails. */
const shop = {
  fetch(request) {
    const url = new URL(request.url)
    if (url.pathname !== '/crash') return new Response('open')
    Sentry.setTag('service', 'edge-shop')
    throw new RangeError(`shelf ${url.searchParams.get('shelf')} is not at the edge`)
  },
}

export default Sentry.withSentry(
  (env) => ({
    dsn: env.SENTRY_DSN,
    environment: 'production',
    release: 'edge-shop@1.0.0',
    tracesSampleRate: 1.0,
  }),
  shop,
)
