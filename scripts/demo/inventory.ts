import type { Chance } from './chance.ts'
import { PEOPLE } from './person.ts'
import { sendEnvelope } from './send-envelope.ts'

/** What sentry-sdk would send from a Django site: source lines, variables, causes, log messages. */
const SDK = { name: 'sentry.python.django', version: '2.75.0' }
const RELEASES = ['inventory@1.12.0', 'inventory@1.11.3']

interface Frame {
  module: string
  function: string
  lineno: number
  source: [before: string, line: string, after: string]
  vars: Record<string, unknown>
  isOurs?: boolean
}

const VIEW: Frame = {
  module: 'django.core.handlers.base',
  function: '_get_response',
  lineno: 197,
  source: [
    'try:',
    'response = wrapped_callback(request, *args, **kwargs)',
    'except Exception as e:',
  ],
  vars: { request: "<WSGIRequest: POST '/stock/import/'>" },
  isOurs: false,
}
const IMPORT: Frame = {
  module: 'inventory.views',
  function: 'import_stock',
  lineno: 58,
  source: [
    'for row in reader:',
    '    quantities[row["sku"]] = parse_quantity(row)',
    'save(quantities)',
  ],
  vars: { row: { sku: "'sku-77'", quantity: "'twelve'" }, password: "'hunter2'" },
}
const PARSE: Frame = {
  module: 'inventory.parsing',
  function: 'parse_quantity',
  lineno: 14,
  source: ['def parse_quantity(row):', '    return int(row["quantity"])', ''],
  vars: { row: { sku: "'sku-77'", quantity: "'twelve'" } },
}
const SAVE: Frame = {
  module: 'inventory.models',
  function: 'save_batch',
  lineno: 91,
  source: [
    'with transaction.atomic():',
    '    cursor.executemany(UPSERT, rows)',
    'return len(rows)',
  ],
  vars: { rows: ['<StockRow sku-77>', '<StockRow sku-78>'] },
}

interface Fault {
  chain: { type: string; module: string; value: string; frames: Frame[] }[]
  transaction: string
}

/** Most frequent first; causes come before what they caused. */
const FAULTS: Fault[] = [
  {
    transaction: '/stock/import/',
    chain: [
      {
        type: 'ValueError',
        module: 'builtins',
        value: "invalid literal for int() with base 10: 'twelve'",
        frames: [VIEW, IMPORT, PARSE],
      },
    ],
  },
  {
    transaction: '/stock/import/',
    chain: [
      {
        type: 'UniqueViolation',
        module: 'psycopg.errors',
        value: 'duplicate key value violates unique constraint "stock_sku_key"',
        frames: [SAVE],
      },
      {
        type: 'IntegrityError',
        module: 'django.db.utils',
        value: 'duplicate key value violates unique constraint "stock_sku_key"',
        frames: [VIEW, IMPORT, SAVE],
      },
    ],
  },
]

/** Sends `count` events: exceptions, and now and then a line of the log. */
export async function runInventory(dsn: string, count: number, chance: Chance): Promise<number> {
  for (let sent = 0; sent < count; sent++) {
    await sendEnvelope(dsn, SDK, sent % 6 === 5 ? logLine(chance) : viewError(chance))
  }
  return count
}

function common(chance: Chance): Record<string, unknown> {
  return {
    platform: 'python',
    environment: chance.pick(['production', 'staging']),
    release: chance.pickZipf(RELEASES),
    server_name: chance.pick(['inventory-1', 'inventory-2']),
    contexts: { runtime: { name: 'CPython', version: '3.13.2' } },
    modules: { django: '5.2.19', psycopg: '3.2.3', 'sentry-sdk': '2.75.0' },
  }
}

function viewError(chance: Chance): Record<string, unknown> {
  const { chain, transaction } = chance.pickZipf(FAULTS)
  const person = chance.pickZipf(PEOPLE)
  const now = Date.now() / 1000
  return {
    ...common(chance),
    level: 'error',
    transaction,
    exception: {
      values: chain.map(({ frames, ...exception }) => ({
        ...exception,
        mechanism: { type: 'django', handled: false },
        stacktrace: { frames: frames.map(frameOnWire) },
      })),
    },
    request: {
      url: `https://inventory.example${transaction}`,
      method: 'POST',
      query_string: 'source=csv',
      headers: { Host: 'inventory.example', 'User-Agent': 'stock-uploader/1.4' },
      data: { file: 'stock.csv', api_key: 'k-123456' },
    },
    user: { id: person.id, username: person.username },
    tags: { service: 'inventory', region: person.region },
    breadcrumbs: {
      values: [
        { timestamp: now - 3, type: 'query', category: 'query', message: 'SELECT sku FROM stock' },
        { timestamp: now - 1, category: 'redis', message: 'SETNX import-lock', level: 'info' },
      ],
    },
  }
}

function logLine(chance: Chance): Record<string, unknown> {
  const minutes = 5 + Math.floor(chance.next() * 50)
  return {
    ...common(chance),
    level: 'warning',
    logger: 'inventory.sync',
    logentry: { message: 'the supplier feed is %s minutes late', params: [String(minutes)] },
    tags: { service: 'inventory' },
  }
}

function frameOnWire({ module, source, isOurs = true, ...frame }: Frame): Record<string, unknown> {
  const file = `${module.replaceAll('.', '/')}.py`
  const [before, line, after] = source
  return {
    ...frame,
    module,
    filename: file,
    abs_path: isOurs ? `/srv/${file}` : `/usr/lib/python3.13/site-packages/${file}`,
    pre_context: [before],
    context_line: line,
    post_context: [after],
    in_app: isOurs,
  }
}
