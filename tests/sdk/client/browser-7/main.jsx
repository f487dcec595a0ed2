import * as Sentry from '@sentry/react'
import { BrowserTracing } from '@sentry/tracing'
import { createRoot } from 'react-dom/client'

Sentry.init({
  dsn: import.meta.env.VITE_SENTRY_DSN,
  integrations: [new BrowserTracing()],
  tracesSampleRate: 1.0,
  environment: process.env.NODE_ENV,
  release: 'my-app@1.2.3',
})

function OrderLine({ line }) {
  return <li>{line.article.title}</li>
}

function App() {
  return (
    <ul>
      <OrderLine line={{ count: 2 }} />
    </ul>
  )
}

createRoot(document.getElementById('root')).render(
  <Sentry.ErrorBoundary fallback={<p id="fallback">An error has occurred</p>}>
    <App />
  </Sentry.ErrorBoundary>,
)
