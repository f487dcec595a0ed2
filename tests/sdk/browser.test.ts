import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { breadcrumbs, exceptions, frameOf, frames, request, tags } from './event-parts.ts'
import { installNode } from './install.ts'
import { launchChromium, openPage, type Site, serveSite } from './page.ts'
import { findIssue, received, settledLedger } from './picket.ts'
import { hasTool } from './toolchain.ts'

describe.skipIf(!hasTool('chromium'))('the newest SDKs in Chromium', () => {
  let site: Site
  let browser: Browser

  beforeAll(async () => {
    await installNode('browser')
    site = await serveSite('browser')
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  describe('@sentry/browser', () => {
    let page: Page
    let answers: { status: number; type: string }[]

    beforeAll(async () => {
      const opened = await openPage(browser, `${site.url}/index.html?from=mail`)
      page = opened.page
      answers = opened.answers
      await page.click('#buy')
      await page.click('#reserve')
    })

    it('brings an error that a click handler threw', async () => {
      const title = "TypeError: Cannot read properties of undefined (reading 'amount')"
      const { issue, event } = await findIssue(title)
      expect(issue).toMatchObject({ isUnhandled: true, level: 'error', platform: 'javascript' })
      expect(event.culprit).toBe('/index.html')
      const own = frameOf(event, 'priceOf')
      expect(own).toMatchObject({ inApp: true, colNo: expect.any(Number) })
      expect(own.absPath).toMatch(new RegExp(`^${site.url}/assets/index-.*\\.js$`))
      expect(own.filename).toMatch(/^\/assets\/index-.*\.js$/)
      expect(frames(event).map((frame) => frame.function)).toEqual([
        'HTMLButtonElement.buyNow',
        'priceOf',
        'Array.reduce',
        // The SDK's word for a function without a name is "?", and that is no name.
        null,
      ])
      expect(exceptions(event)[0]?.mechanism).toMatchObject({
        type: 'auto.browser.browserapierrors.addEventListener',
        handled: false,
      })
    })

    it('brings page, browser, user, tags and the way there', async () => {
      const title = "TypeError: Cannot read properties of undefined (reading 'amount')"
      const { event } = await findIssue(title)
      expect(request(event)).toMatchObject({
        url: `${site.url}/index.html`,
        query: [['from', 'mail']],
      })
      expect(event.user).toMatchObject({ id: 'u-7', email: 'barbara@shop.example' })
      expect(event.user?.['ip_address']).toBeTruthy()
      expect(tags(event)).toMatchObject({
        environment: 'production',
        release: 'shop-page@2.0.0',
        level: 'error',
        handled: 'no',
        region: 'eu-north-1',
        'browser.name': expect.stringMatching(/Chrom/),
      })
      expect(event.contexts['browser']).toMatchObject({ name: expect.stringMatching(/Chrom/) })
      expect(breadcrumbs(event)).toMatchObject([
        { category: 'ui.click', message: 'body > button#buy[type="button"]' },
        { category: 'console', message: 'buying 2 things', level: 'info' },
      ])
      expect(event.sdk).toMatchObject({ name: 'sentry.javascript.browser', version: '11.12.0' })
    })

    it('brings a promise that was rejected and not waited for', async () => {
      const { issue, event } = await findIssue('RangeError: only 3 can be reserved')
      expect(issue.isUnhandled).toBe(true)
      expect(tags(event)).toMatchObject({
        handled: 'no',
        mechanism: 'auto.browser.global_handlers.onunhandledrejection',
      })
    })

    it('is answered 200 on every request, sessions and spans among them', async () => {
      await page.close({ runBeforeUnload: true })
      const ledger = await settledLedger(
        (candidate) => received(candidate, 'span') > 0 && received(candidate, 'session') > 0,
      )
      expect(ledger.difference).toBe(0)
      expect(answers.map(({ type }) => type)).toEqual(expect.arrayContaining(['event', 'session']))
      expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    })
  })

  describe('@sentry/react', () => {
    it('brings what an ErrorBoundary caught, and the boundary shows its fallback', async () => {
      const { page } = await openPage(browser, `${site.url}/react.html`)
      await page.click('#open')
      await page.waitForSelector('#fallback')
      const title = "TypeError: Cannot read properties of undefined (reading 'toUpperCase')"
      const { issue, event } = await findIssue(title)
      expect(issue).toMatchObject({ isUnhandled: false, culprit: '/react.html' })
      expect(exceptions(event)).toMatchObject([
        { type: 'React ErrorBoundary TypeError', mechanism: { type: 'chained' } },
        { type: 'TypeError', mechanism: { type: 'auto.function.react.error_boundary' } },
      ])
      expect(frameOf(event, 'ProductCard').inApp).toBe(true)
      expect(tags(event)).toMatchObject({
        environment: 'production',
        release: 'my-app@1.2.3',
        handled: 'yes',
      })
      expect(event.contexts['react']).toMatchObject({ version: '19.3.1' })
      expect(event.sdk).toMatchObject({ name: 'sentry.javascript.react', version: '11.12.0' })
      await page.close()
    })
  })
})
