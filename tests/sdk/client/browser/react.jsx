import * as Sentry from '@sentry/react'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

Sentry.init({
  dsn: import.meta.env.VITE_SENTRY_DSN,
  integrations: [Sentry.browserTracingIntegration()],
  tracesSampleRate: 1.0,
  environment: process.env.NODE_ENV,
  release: 'my-app@1.2.3',
})

function ProductCard({ product }) {
  return <p>{product.name.toUpperCase()}</p>
}

function Catalogue() {
  const [isOpen, setOpen] = useState(false)
  if (isOpen) return <ProductCard product={{ sku: 'sku-77' }} />
  return (
    <button id="open" type="button" onClick={() => setOpen(true)}>
      Open
    </button>
  )
}

createRoot(document.getElementById('root')).render(
  <Sentry.ErrorBoundary fallback={<p id="fallback">Something broke.</p>}>
    <Catalogue />
  </Sentry.ErrorBoundary>,
)
