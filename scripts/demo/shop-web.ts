import type { Chance } from './chance.ts'
import { PEOPLE } from './person.ts'
import { sendEnvelope } from './send-envelope.ts'

/** What @sentry/react would send from a shop's pages: minified frames, clicks, user agents. */
const SDK = { name: 'sentry.javascript.react', version: '11.12.0' }
const ORIGIN = 'https://shop.example'
const BUNDLE = `${ORIGIN}/assets/app-8f3c21d0.js`

const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
]
const RELEASES = ['shop-web@5.4.2', 'shop-web@5.4.1', 'shop-web@5.3.0']

interface Fault {
  page: string
  type: string
  value: string
  /** Innermost last: name, line, column. */
  frames: [name: string, line: number, column: number][]
  mechanism: { type: string; handled: boolean }
  clicked: string
}

/** Most frequent first. */
const FAULTS: Fault[] = [
  {
    page: '/product/blue-kettle',
    type: 'TypeError',
    value: "Cannot read properties of undefined (reading 'price')",
    frames: [
      ['HTMLButtonElement.onClick', 1, 20311],
      ['addToBasket', 1, 20522],
      ['priceOf', 1, 20688],
    ],
    mechanism: { type: 'auto.browser.browserapierrors.addEventListener', handled: false },
    clicked: 'main > button.buy[type="button"]',
  },
  {
    page: '/search?q=kettle',
    type: 'AbortError',
    value: 'The user aborted a request.',
    frames: [
      ['SearchBox.suggest', 1, 48120],
      ['fetchSuggestions', 1, 48402],
    ],
    mechanism: { type: 'auto.browser.global_handlers.onunhandledrejection', handled: false },
    clicked: 'header > input#search',
  },
  {
    page: '/basket',
    type: 'ChunkLoadError',
    value: 'Loading chunk 158 failed. (timeout: https://shop.example/assets/158-0c1d.js)',
    frames: [['__webpack_require__.f.j', 1, 1290]],
    mechanism: { type: 'auto.browser.global_handlers.onunhandledrejection', handled: false },
    clicked: 'nav > a.basket',
  },
  {
    page: '/account/orders',
    type: 'Error',
    value: 'Rendered fewer hooks than expected.',
    frames: [
      ['renderWithHooks', 1, 91002],
      ['OrderList', 1, 91877],
    ],
    mechanism: { type: 'auto.function.react.error_boundary', handled: true },
    clicked: 'nav > a.orders',
  },
]

/** Sends `count` errors of the shop's pages. */
export async function runShopWeb(dsn: string, count: number, chance: Chance): Promise<number> {
  for (let sent = 0; sent < count; sent++) {
    const discarded = { reason: 'sample_rate', category: 'transaction', quantity: 9 }
    const report = { timestamp: Date.now() / 1000, discarded_events: [discarded] }
    await sendEnvelope(
      dsn,
      SDK,
      pageError(chance),
      sent % 20 === 0 ? [['client_report', report]] : [],
    )
  }
  return count
}

function pageError(chance: Chance): Record<string, unknown> {
  const fault = chance.pickZipf(FAULTS)
  const person = chance.pickZipf(PEOPLE)
  const now = Date.now() / 1000
  const frames = fault.frames.map(([name, lineno, colno]) => ({
    function: name,
    filename: BUNDLE,
    lineno,
    colno,
    in_app: true,
  }))
  return {
    platform: 'javascript',
    level: 'error',
    environment: chance.pick(['production', 'production', 'production', 'preview']),
    release: chance.pickZipf(RELEASES),
    transaction: fault.page.split('?')[0],
    exception: {
      values: [
        {
          type: fault.type,
          value: fault.value,
          mechanism: fault.mechanism,
          stacktrace: { frames },
        },
      ],
    },
    request: {
      url: ORIGIN + fault.page,
      headers: { 'User-Agent': chance.pick(AGENTS), Referer: `${ORIGIN}/` },
    },
    user:
      chance.next() < 0.8
        ? { id: person.id, ip_address: person.ip_address }
        : { ip_address: '{{auto}}' },
    tags: { service: 'shop-web', region: person.region, customer_id: person.id },
    contexts: {
      react: { version: '19.3.1' },
      culture: { locale: 'en-GB', timezone: 'Europe/Oslo' },
    },
    breadcrumbs: [
      { timestamp: now - 9, category: 'navigation', data: { from: '/', to: fault.page } },
      {
        timestamp: now - 4,
        category: 'fetch',
        type: 'http',
        data: { method: 'GET', url: '/api/prices', status_code: chance.next() < 0.5 ? 200 : 503 },
      },
      { timestamp: now - 1, category: 'ui.click', message: fault.clicked },
      { timestamp: now, category: 'console', level: 'warning', message: 'price list is stale' },
    ],
  }
}
