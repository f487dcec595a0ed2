import * as Sentry from '@sentry/node'

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  environment: 'staging',
  release: 'order-worker@3.1.4',
  tracesSampleRate: 1.0,
  sendDefaultPii: true,
})
