import * as Sentry from '@sentry/browser'

/** A page whose DSN comes in its address, and whose button fails anew each time. */
Sentry.init({
  dsn: new URLSearchParams(location.search).get('dsn'),
  // one kind of request only: what is refused can be counted
  integrations: (integrations) => integrations.filter(({ name }) => name !== 'BrowserSession'),
})

let failures = 0
document.querySelector('#fail').addEventListener('click', async () => {
  failures += 1
  Sentry.captureException(new Error(`click ${failures} did nothing`))
  await Sentry.flush(5000)
  document.body.dataset['sent'] = String(failures)
})
