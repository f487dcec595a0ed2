import * as Sentry from '@sentry/node'
import * as Tracing from '@sentry/tracing'
import express from 'express'

const app = express()

Sentry.init({
  dsn: process.env.SENTRY_DSN,
  environment: process.env.NODE_ENV,
  release: 'api-service@0.9.0',
  integrations: [
    new Sentry.Integrations.Http({ tracing: true }),
    new Tracing.Integrations.Express({ app }),
  ],
  tracesSampleRate: 0.5,
})

app.use(Sentry.Handlers.requestHandler())
app.use(Sentry.Handlers.tracingHandler())

app.get('/', (_request, response) => {
  response.send('Hello from the api service')
})

app.get('/error', function failOrder(request) {
  Sentry.setUser({ id: '31', email: 'grace@shop.example' })
  Sentry.setTag('region', 'us-east-2')
  Sentry.addBreadcrumb({ category: 'order', message: 'price looked up', level: 'info' })
  throw new Error(`no price for ${request.query.sku}`)
})

app.use(Sentry.Handlers.errorHandler())

app.use((_error, _request, response, _next) => {
  response.status(500).send(response.sentry)
})

app.listen(Number(process.env.PORT))
