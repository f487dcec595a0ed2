import * as Sentry from '@sentry/browser'

/** A page that asks its visitors: in a dialog after a crash, and by a button at any time. */
Sentry.init({
  dsn: import.meta.env.VITE_SENTRY_DSN,
  release: 'shop-page@2.0.0',
  environment: 'production',
  integrations: [Sentry.feedbackIntegration({ colorScheme: 'light', enableScreenshot: false })],
})

document.querySelector('#fail').addEventListener('click', () => {
  const eventId = Sentry.captureException(new Error('the visitor is asked'))
  Sentry.showReportDialog({ eventId, user: { name: 'Ada', email: 'ada@shop.example' } })
})
