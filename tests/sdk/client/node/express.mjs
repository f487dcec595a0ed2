import * as Sentry from '@sentry/node'
import express from 'express'

const app = express()

app.get('/', (_request, response) => {
  response.send('Everything is fine.')
})

app.get('/baskets/:id', function showBasket(request) {
  throw new RangeError(`basket ${request.params.id} holds -1 items`)
})

Sentry.setupExpressErrorHandler(app)

app.use((_error, _request, response, _next) => {
  response.status(500).send('Something broke.')
})

app.listen(Number(process.env.PORT))
