import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Event } from '#contract/event.ts'
import { breadcrumbs, exceptions, frameOf, request, sourceLine, tags } from './event-parts.ts'
import { installNode } from './install.ts'
import { accepted, findEvent, received, settledLedger, waitFor } from './picket.ts'
import { type Service, startService } from './run-client.ts'

describe('@sentry/node 7 with @sentry/tracing, as its quick-start has it', () => {
  let service: Service
  let event: Event

  beforeAll(async () => {
    await installNode('node-7')
    service = await startService({
      name: 'node-7',
      command: process.execPath,
      args: ['server.mjs'],
      env: { NODE_ENV: 'production' },
    })
    const answer = await fetch(`${service.url}/error?sku=77`)
    expect(answer.status).toBe(500)
    const eventId = await answer.text()
    event = await waitFor('the event of /error', () => findEvent(eventId))
  })

  afterAll(() => service.stop())

  it('brings the error of the route', () => {
    expect(event).toMatchObject({
      title: 'Error: no price for 77',
      culprit: 'GET /error',
      platform: 'node',
      type: 'error',
    })
    expect(exceptions(event)).toMatchObject([
      { type: 'Error', value: 'no price for 77', mechanism: { handled: false } },
    ])
    const own = frameOf(event, 'failOrder')
    expect(own).toMatchObject({ inApp: true, module: 'server', lineNo: 29 })
    expect(sourceLine(own)).toMatch(/^throw new Error\(`no price for /)
    expect(frameOf(event, 'Layer.handle [as handle_request]').inApp).toBe(false)
  })

  it('brings request, user, tags and breadcrumbs', () => {
    expect(request(event)).toMatchObject({
      method: 'GET',
      url: `${service.url}/error`,
      query: [['sku', '77']],
    })
    expect(event.user).toMatchObject({ id: '31', email: 'grace@shop.example' })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'api-service@0.9.0',
      level: 'error',
      handled: 'no',
      transaction: 'GET /error',
      region: 'us-east-2',
    })
    expect(breadcrumbs(event).at(-1)).toMatchObject({
      category: 'order',
      message: 'price looked up',
      level: 'info',
    })
    expect(event.contexts['runtime']).toMatchObject({ name: 'node', version: process.version })
    expect(event.sdk).toMatchObject({ name: 'sentry.javascript.node', version: '7.120.4' })
  })

  it('has its transactions accounted for, sampled at a half', async () => {
    const before = await settledLedger()
    const visits = Array.from({ length: 16 }, () => fetch(service.url))
    await Promise.all(visits)
    const after = await settledLedger(
      (ledger) => received(ledger, 'transaction') > received(before, 'transaction'),
    )
    expect(accepted(after, 'error')).toBe(accepted(before, 'error'))
    expect(after.difference).toBe(0)
  })
})
