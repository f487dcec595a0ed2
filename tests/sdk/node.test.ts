import { beforeAll, describe, expect, it } from 'vitest'

import {
  breadcrumbs,
  entry,
  exceptions,
  frameOf,
  frames,
  request,
  sourceLine,
  tags,
} from './event-parts.ts'
import { installNode } from './install.ts'
import { accepted, findIssue, received, settledLedger } from './picket.ts'
import { runToEnd, startService } from './run-client.ts'

const program = (file: string) => ({
  name: 'node',
  command: process.execPath,
  args: ['--import', './instrument.mjs', file],
})

beforeAll(() => installNode('node'))

describe('the newest @sentry/node in a plain script', () => {
  let exitCode: number | null

  beforeAll(async () => {
    exitCode = (await runToEnd(program('worker.mjs'))).code
  })

  it('brings a caught error with its cause, oldest first', async () => {
    const { issue, event } = await findIssue('PaymentError: order 1042 was not charged')
    expect(issue).toMatchObject({
      level: 'error',
      type: 'error',
      platform: 'node',
      isUnhandled: false,
    })
    expect(issue.culprit).toBe('chargeOrder(worker)')
    expect(issue.metadata).toMatchObject({
      type: 'PaymentError',
      value: 'order 1042 was not charged',
    })
    expect(exceptions(event)).toMatchObject([
      { type: 'TypeError', value: "Cannot read properties of undefined (reading 'number')" },
      { type: 'PaymentError', mechanism: { type: 'generic', handled: true } },
    ])
  })

  it('brings frames with their place, their source and what is the app’s own', async () => {
    const { event } = await findIssue('PaymentError: order 1042 was not charged')
    const own = frameOf(event, 'chargeOrder')
    expect(own).toMatchObject({ module: 'worker', lineNo: 16, colNo: 11, inApp: true })
    expect(own.filename).toMatch(/client\/node\/worker\.mjs$/)
    expect(sourceLine(own)).toMatch(/^throw new PaymentError\(.*\{ cause \}\)$/)
    expect(own.context).toHaveLength(11)
    expect(frames(event)[0]).toMatchObject({
      inApp: false,
      function: 'asyncRunEntryPointWithESMLoader',
    })
  })

  it('brings tags, user, breadcrumbs, contexts and extra', async () => {
    const { event } = await findIssue('PaymentError: order 1042 was not charged')
    expect(tags(event)).toMatchObject({
      environment: 'staging',
      release: 'order-worker@3.1.4',
      level: 'error',
      handled: 'yes',
      region: 'eu-west-1',
      service: 'billing',
    })
    expect(event.user).toMatchObject({ id: '4711', email: 'ada@shop.example', username: 'ada' })
    expect(breadcrumbs(event)).toMatchObject([
      { category: 'queue', message: 'order 1042 taken', level: 'info', data: { queue: 'orders' } },
    ])
    expect(event.contexts).toMatchObject({
      runtime: { name: 'node', version: process.version },
      order: { id: 1042, lines: 3 },
    })
    expect(event.contexts['os']).toBeDefined()
    expect(event.context).toMatchObject({ attempt: 2 })
    expect(event.sdk).toMatchObject({ name: 'sentry.javascript.node', version: '11.12.0' })
    expect(event.packages).toMatchObject({ '@sentry/node': '11.12.0' })
  })

  it('brings the error that ended the process', async () => {
    expect(exitCode).toBe(1)
    const title = "TypeError: Cannot read properties of undefined (reading 'trackingNumber')"
    const { issue, event } = await findIssue(title)
    expect(issue).toMatchObject({ level: 'fatal', isUnhandled: true })
    expect(tags(event)).toMatchObject({
      handled: 'no',
      mechanism: 'auto.node.onuncaughtexception',
      level: 'fatal',
    })
    expect(sourceLine(frameOf(event, 'Timeout.shipOrder [as _onTimeout]'))).toBe(
      'undefined.trackingNumber.trim()',
    )
  })

  it('brings a message under its own words', async () => {
    const { issue, event } = await findIssue('stock of sku-77 is negative')
    expect(issue.level).toBe('warning')
    expect(entry<{ formatted: string }>(event, 'message').formatted).toBe(
      'stock of sku-77 is negative',
    )
  })

  it('leaves nothing unaccounted for, its sessions among it', async () => {
    const ledger = await settledLedger((candidate) => received(candidate, 'session') > 0)
    expect(ledger.difference).toBe(0)
  })
})

describe('the newest @sentry/node in Express', () => {
  it('brings the error of a route with its request', async () => {
    const before = await settledLedger()
    const service = await startService(program('express.mjs'))
    const answer = await fetch(`${service.url}/baskets/77?coupon=spring`, {
      headers: { 'x-request-id': 'r-1', cookie: 'theme=dark' },
    })
    expect(answer.status).toBe(500)
    const { issue, event } = await findIssue('RangeError: basket 77 holds -1 items')
    expect(issue).toMatchObject({ isUnhandled: true, level: 'error' })
    expect(event).toMatchObject({
      culprit: 'GET /baskets/:id',
      platform: 'node',
    })
    expect(sourceLine(frameOf(event, 'showBasket'))).toMatch(/^throw new RangeError/)
    expect(frameOf(event, 'Layer.handleRequest').inApp).toBe(false)
    expect(request(event)).toMatchObject({
      method: 'GET',
      url: `${service.url}/baskets/77`,
      query: [['coupon', 'spring']],
    })
    expect(request(event).headers).toContainEqual(['X-Request-Id', 'r-1'])
    expect(tags(event)).toMatchObject({
      handled: 'no',
      mechanism: 'auto.http.express',
      transaction: 'GET /baskets/:id',
      url: `${service.url}/baskets/77`,
    })
    expect(event.contexts['trace']).toMatchObject({
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    })

    // Spans leave every few seconds.
    const after = await settledLedger(
      (ledger) => received(ledger, 'span') > received(before, 'span'),
    )
    await service.stop()
    expect(accepted(after, 'error') - accepted(before, 'error')).toBe(1)
    expect(after.difference).toBe(0)
  })
})
