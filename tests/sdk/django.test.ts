import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Event } from '#contract/event.ts'
import { exceptions, frameOf, request, sourceLine, tags } from './event-parts.ts'
import { installPython } from './install.ts'
import { findIssue, settledLedger } from './picket.ts'
import { type Service, startService } from './run-client.ts'
import { hasTool } from './toolchain.ts'

describe.skipIf(!hasTool('python'))('sentry-sdk in Django, with send_default_pii', () => {
  let service: Service
  let event: Event

  beforeAll(async () => {
    const command = await installPython('django')
    service = await startService({ name: 'django', command, args: ['app.py'] })
    const answer = await fetch(`${service.url}/invoices/INV-2/?print=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'theme=dark' },
      body: 'name=Ada&password=hunter2',
    })
    expect(answer.status).toBe(500)
    event = (await findIssue("KeyError: 'INV-2'")).event
  })

  afterAll(() => service?.stop())

  it('brings the error of a view', () => {
    expect(event).toMatchObject({ culprit: '/invoices/{number}/', platform: 'python' })
    expect(exceptions(event)).toMatchObject([
      { type: 'KeyError', value: "'INV-2'", mechanism: { type: 'django', handled: false } },
    ])
    const own = frameOf(event, 'show_invoice')
    expect(own).toMatchObject({ filename: 'app.py', inApp: true, vars: { number: "'INV-2'" } })
    expect(sourceLine(own)).toBe('return HttpResponse(invoices[number])')
    expect(frameOf(event, '_get_response').inApp).toBe(false)
  })

  it('brings the request with what the visitor sent, and no password', () => {
    expect(request(event)).toMatchObject({
      method: 'POST',
      url: `${service.url}/invoices/INV-2/`,
      query: [['print', '1']],
      data: { name: 'Ada', password: '[Filtered]' },
      env: { REMOTE_ADDR: expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/) },
    })
    expect(JSON.stringify(event)).not.toContain('hunter2')
  })

  it('brings the visitor’s address, tags and contexts', () => {
    expect(event.user?.['ip_address']).toMatch(/^(?:127\.0\.0\.1|::1)$/)
    expect(tags(event)).toMatchObject({
      environment: 'staging',
      release: 'django-site@1.0.0',
      handled: 'no',
      mechanism: 'django',
      transaction: '/invoices/{number}/',
    })
    expect(event.contexts['runtime']).toMatchObject({ name: 'CPython' })
    expect(event.sdk).toMatchObject({ name: 'sentry.python.django', version: '2.75.0' })
  })

  it('leaves a balanced ledger', async () => {
    expect((await settledLedger()).difference).toBe(0)
  })
})
