import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Event } from '#contract/event.ts'
import type { Ledger } from '#contract/ledger.ts'
import { breadcrumbs, exceptions, frameOf, request, tags } from './event-parts.ts'
import { buildGo } from './install.ts'
import { accepted, findIssue, received, settledLedger } from './picket.ts'
import { type Service, startService } from './run-client.ts'
import { hasTool } from './toolchain.ts'

const TITLE = 'runtime.boundsError: runtime error: index out of range [0] with length 0'

describe.skipIf(!hasTool('go'))('sentry-go behind sentryhttp', () => {
  let service: Service
  let event: Event
  let before: Ledger

  beforeAll(async () => {
    before = await settledLedger()
    service = await startService({ name: 'go', command: await buildGo('go'), args: [] })
    // The handler panics again once it has reported, and net/http drops the connection.
    await expect(fetch(`${service.url}/crash?shelf=A7`)).rejects.toThrow()
    event = (await findIssue(TITLE)).event
  })

  afterAll(() => service?.stop())

  it('brings the panic with the frames of the handler', () => {
    expect(event).toMatchObject({
      culprit: 'main in (*inventory).firstOnShelf',
      platform: 'go',
      type: 'error',
    })
    expect(exceptions(event)).toMatchObject([
      { type: 'runtime.boundsError', value: 'runtime error: index out of range [0] with length 0' },
    ])
    const own = frameOf(event, '(*inventory).firstOnShelf')
    expect(own).toMatchObject({ module: 'main', inApp: true, lineNo: 20 })
    expect(own.absPath).toMatch(/client\/go\/main\.go$/)
    expect(frameOf(event, 'serverHandler.ServeHTTP')).toMatchObject({
      module: 'net/http',
      inApp: false,
    })
  })

  it('brings request, user, tags, breadcrumbs and contexts', () => {
    expect(request(event)).toMatchObject({
      method: 'GET',
      url: `${service.url}/crash`,
      query: [['shelf', 'A7']],
    })
    expect(event.user).toMatchObject({ id: '88', email: 'linus@shop.example' })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'go-service@v1.0.0',
      level: 'fatal',
      service: 'inventory',
    })
    expect(breadcrumbs(event)).toMatchObject([{ category: 'shelf', message: 'shelf A7 opened' }])
    expect(event.contexts['runtime']).toMatchObject({ name: 'go' })
    expect(event.contexts['os']).toMatchObject({ name: 'linux' })
    expect(event.sdk).toMatchObject({ name: 'sentry.go.http', version: '0.50.0' })
  })

  it('has its transactions accounted for, by its own report', async () => {
    // Without EnableTracing it samples none of them, and says so with the next event.
    const after = await settledLedger(
      (ledger) => received(ledger, 'transaction') > received(before, 'transaction'),
    )
    expect(accepted(after, 'error') - accepted(before, 'error')).toBe(1)
    expect(after.difference).toBe(0)
  })
})
