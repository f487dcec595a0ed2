import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Event } from '#contract/event.ts'
import { breadcrumbs, exceptions, frameOf, request, sourceLine, tags } from './event-parts.ts'
import { installPython } from './install.ts'
import { findIssue, listIssues, received, settledLedger } from './picket.ts'
import { type Service, startService } from './run-client.ts'
import { hasTool } from './toolchain.ts'

/** Others divide by zero too. */
const OF_THIS_APP = 'release:flask-app@2.4.1'

describe.skipIf(!hasTool('python'))('sentry-sdk in Flask', () => {
  let service: Service
  let event: Event

  beforeAll(async () => {
    const command = await installPython('flask')
    service = await startService({ name: 'flask', command, args: ['app.py'] })
    const answer = await fetch(`${service.url}/split/90?tip=1`)
    expect(answer.status).toBe(500)
    event = (await findIssue('ValueError: a bill of 90 cannot be split')).event
  })

  afterAll(() => service?.stop())

  it('brings the error of a view with its cause', () => {
    expect(event).toMatchObject({ culprit: 'split_bill', platform: 'python', type: 'error' })
    expect(exceptions(event)).toMatchObject([
      { type: 'ZeroDivisionError', value: 'division by zero' },
      { type: 'ValueError', mechanism: { type: 'flask', handled: false } },
    ])
  })

  it('brings frames with their source and their variables', () => {
    const own = frameOf(event, 'split_bill')
    expect(own).toMatchObject({
      filename: 'app.py',
      module: '__main__',
      lineNo: 48,
      inApp: true,
      vars: { total: '90', guests: [] },
    })
    expect(sourceLine(own)).toBe(
      'raise ValueError(f"a bill of {total} cannot be split") from cause',
    )
    expect(frameOf(event, 'dispatch_request')).toMatchObject({ module: 'flask.app', inApp: false })
  })

  it('brings request, user, tags, breadcrumbs and contexts', () => {
    expect(request(event)).toMatchObject({
      method: 'GET',
      url: `${service.url}/split/90`,
      query: [['tip', '1']],
    })
    expect(event.user).toMatchObject({ id: '12', username: 'alan' })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'flask-app@2.4.1',
      level: 'error',
      handled: 'no',
      mechanism: 'flask',
      transaction: 'split_bill',
      region: 'eu-central-1',
      runtime: expect.stringMatching(/^CPython 3\./),
    })
    expect(breadcrumbs(event)).toMatchObject([{ category: 'bill', message: 'guests were counted' }])
    expect(event.contexts['runtime']).toMatchObject({ name: 'CPython' })
    expect(event.sdk).toMatchObject({ name: 'sentry.python.flask', version: '2.75.0' })
    expect(event.packages).toMatchObject({ flask: '3.1.3' })
  })

  it('makes another issue of an error elsewhere', async () => {
    await fetch(`${service.url}/divide`)
    const { issue, event: other } = await findIssue(
      'ZeroDivisionError: division by zero',
      OF_THIS_APP,
    )
    expect(issue.id).not.toBe(event.groupID)
    expect(other.culprit).toBe('divide')
    expect(issue.metadata).toMatchObject({ function: 'share_of', filename: 'app.py' })
  })

  it('keeps apart what before_send gives a fingerprint, and together what has the same', async () => {
    const paths = ['/api/v1/divide', '/divide', '/api/v1/divide']
    const before = await settledLedger()
    for (const path of paths) await fetch(`${service.url}${path}`)
    await settledLedger((ledger) => received(ledger, 'error') >= received(before, 'error') + 3)
    const counts = (await listIssues(OF_THIS_APP))
      .filter(({ title }) => title === 'ZeroDivisionError: division by zero')
      .map(({ count }) => count)
    expect(counts.sort()).toEqual(['2', '2'])
  })

  it('has its transactions accounted for', async () => {
    const before = await settledLedger()
    await Promise.all(Array.from({ length: 8 }, () => fetch(service.url)))
    const after = await settledLedger(
      (ledger) => received(ledger, 'transaction') > received(before, 'transaction'),
    )
    expect(after.difference).toBe(0)
  })
})
