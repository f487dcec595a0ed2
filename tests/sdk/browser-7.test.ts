import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { exceptions, frameOf, request, tags } from './event-parts.ts'
import { installNode } from './install.ts'
import { launchChromium, openPage, type Site, serveSite } from './page.ts'
import { findIssue, received, settledLedger } from './picket.ts'
import { hasTool } from './toolchain.ts'

describe.skipIf(!hasTool('chromium'))('@sentry/react 7 with BrowserTracing in Chromium', () => {
  let site: Site
  let browser: Browser

  beforeAll(async () => {
    await installNode('browser-7')
    site = await serveSite('browser-7')
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  it('brings what an ErrorBoundary caught on first sight, and its page load is accounted for', async () => {
    const before = await settledLedger()
    const { page, answers } = await openPage(browser, `${site.url}/index.html?tab=orders`)
    await page.waitForSelector('#fallback')
    const title = "TypeError: Cannot read properties of undefined (reading 'title')"
    const { issue, event } = await findIssue(title)
    expect(issue).toMatchObject({ level: 'error', platform: 'javascript', isUnhandled: false })
    expect(exceptions(event)).toMatchObject([
      { type: 'React ErrorBoundary TypeError' },
      { type: 'TypeError', mechanism: { type: 'generic', handled: true } },
    ])
    expect(frameOf(event, 'OrderLine').inApp).toBe(true)
    expect(request(event)).toMatchObject({
      url: `${site.url}/index.html`,
      query: [['tab', 'orders']],
    })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'my-app@1.2.3',
      handled: 'yes',
      transaction: '/index.html',
    })
    expect(event.contexts['react']).toMatchObject({
      componentStack: expect.stringMatching(/at OrderLine/),
    })
    expect(event.sdk).toMatchObject({ name: 'sentry.javascript.react', version: '7.120.4' })

    const after = await settledLedger(
      (ledger) => received(ledger, 'transaction') > received(before, 'transaction'),
    )
    expect(after.difference).toBe(0)
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  })
})
