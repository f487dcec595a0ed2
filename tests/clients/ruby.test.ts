import { describe, expect, it } from 'vitest'

import { breadcrumbs, exceptions, frameOf, tags } from '../sdk/event-parts.ts'
import { findIssue, settledLedger } from '../sdk/picket.ts'
import { runToEnd } from '../sdk/run-client.ts'
import { findTool, hasTool } from '../sdk/toolchain.ts'

/** The version is the distribution's: the SDK comes as a Debian package. */
describe.skipIf(!hasTool('ruby'))('sentry-ruby', () => {
  it('brings what a job raised, with its frames, user, tags and breadcrumbs', async () => {
    const ran = await runToEnd({ name: 'ruby', command: findTool('ruby')!, args: ['client.rb'] })
    expect(ran.code).toBe(0)
    const { issue, event } = await findIssue('ArgumentError: basket 7 has no lines')
    expect(issue).toMatchObject({ level: 'error', platform: 'ruby' })
    expect(exceptions(event)).toMatchObject([{ type: 'ArgumentError' }])
    expect(frameOf(event, 'close')).toMatchObject({ filename: 'client.rb', lineNo: 6 })
    expect(event.user).toMatchObject({ id: 'u-12', email: 'yukihiro@shop.example' })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'ruby-job@2.1.0',
      service: 'billing',
    })
    expect(breadcrumbs(event)).toMatchObject([{ category: 'till', message: 'till opened' }])
    expect(event.sdk).toMatchObject({ name: 'sentry.ruby' })
    expect((await settledLedger()).difference).toBe(0)
  })
})
