import { setTimeout as sleep } from 'node:timers/promises'

import * as Sentry from '@sentry/node'

/** A worker that fails once a moment, whatever it is told; the SDK alone decides what it sends. */
Sentry.init({ dsn: process.env.SENTRY_DSN })

for (let order = 1; order <= Number(process.env.ERRORS); order += 1) {
  Sentry.captureException(new Error(`order ${order} was not shipped`))
  await Sentry.flush(5000)
  await sleep(20)
}
