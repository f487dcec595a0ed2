import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { exceptions, frames, request, tags } from './event-parts.ts'
import { installNode } from './install.ts'
import { findIssue, received, settledLedger } from './picket.ts'
import { type Service, startService } from './run-client.ts'

describe('@sentry/cloudflare on workerd', () => {
  let service: Service

  beforeAll(async () => {
    await installNode('cloudflare')
    service = await startService({
      name: 'cloudflare',
      command: process.execPath,
      args: ['serve.mjs'],
    })
  })

  afterAll(() => service?.stop())

  it('brings what a handler threw, with its request, and its transaction', async () => {
    const before = await settledLedger()
    expect((await fetch(`${service.url}/crash?shelf=B2`)).status).toBe(500)
    const { issue, event } = await findIssue('RangeError: shelf B2 is not at the edge')
    expect(issue).toMatchObject({ level: 'error', platform: 'javascript', isUnhandled: true })
    expect(exceptions(event)).toMatchObject([{ type: 'RangeError', mechanism: { handled: false } }])
    expect(frames(event).at(-1)?.function).toMatch(/fetch/)
    expect(request(event)).toMatchObject({
      method: 'GET',
      url: `${service.url}/crash`,
      query: [['shelf', 'B2']],
    })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'edge-shop@1.0.0',
      service: 'edge-shop',
    })
    expect(event.contexts['runtime']).toMatchObject({ name: 'cloudflare' })
    expect(event.sdk).toMatchObject({ name: 'sentry.javascript.cloudflare', version: '11.0.0' })
    const after = await settledLedger(
      (ledger) => received(ledger, 'span') > received(before, 'span'),
    )
    expect(after.difference).toBe(0)
  })
})
