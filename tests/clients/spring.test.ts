import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { breadcrumbs, exceptions, frameOf, request, tags } from '../sdk/event-parts.ts'
import { buildMaven } from '../sdk/install.ts'
import { findIssue, settledLedger } from '../sdk/picket.ts'
import { type Service, startService } from '../sdk/run-client.ts'
import { findTool, hasTool } from '../sdk/toolchain.ts'

describe.skipIf(!hasTool('maven') || !hasTool('java'))('Spring Boot with Sentry’s starter', () => {
  let service: Service

  beforeAll(async () => {
    const jar = await buildMaven('spring', 'client.jar')
    const args = ['-XX:TieredStopAtLevel=1', '-jar', jar]
    service = await startService({ name: 'spring', command: findTool('java')!, args })
  })

  afterAll(() => service?.stop())

  it('brings what a controller threw, with its request, tags and frames', async () => {
    expect((await fetch(`${service.url}/hello`)).status).toBe(200)
    expect((await fetch(`${service.url}/crash?basket=42`)).status).toBe(500)
    const { issue, event } = await findIssue('IllegalStateException: basket 42 is empty')
    expect(issue).toMatchObject({ level: 'fatal', platform: 'java', isUnhandled: true })
    expect(exceptions(event).at(-1)).toMatchObject({
      type: 'IllegalStateException',
      module: 'java.lang',
      mechanism: { type: 'Spring5ExceptionResolver', handled: false },
    })
    expect(frameOf(event, 'close')).toMatchObject({ module: 'shop.Till', lineNo: 5 })
    expect(request(event)).toMatchObject({
      method: 'GET',
      url: `${service.url}/crash`,
      query: [['basket', '42']],
    })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'spring-service@3.1.0',
      service: 'checkout',
    })
    expect(breadcrumbs(event).map(({ message }) => message)).toContain('basket 42 opened')
    expect(event.sdk).toMatchObject({ name: 'sentry.java.spring-boot', version: '7.5.0' })
    expect((await settledLedger()).difference).toBe(0)
  })
})
