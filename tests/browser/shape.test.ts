import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { DESKTOP, goTo, openDashboard, openSignedIn, overhang, PHONE } from './dashboard.ts'
import { makeError, sendEvent, waitForIssue } from './events.ts'

/** Longer than any screen is wide, without a place to break it. */
const LONG_WORD = 'Unbreakable'.repeat(40)

describe.skipIf(!hasTool('chromium'))('the shape of the pages', () => {
  const picket = inject('picket')
  let browser: Browser
  let issueId: string

  beforeAll(async () => {
    browser = await launchChromium()
    const words = { tags: { [LONG_WORD.slice(0, 30)]: LONG_WORD.slice(0, 190) } }
    await sendEvent(picket, {
      ...makeError(LONG_WORD, words),
      contexts: { device: { model: LONG_WORD } },
      extra: { [LONG_WORD]: LONG_WORD },
      request: { method: 'GET', url: `https://shop.example/${LONG_WORD}` },
    })
    issueId = (await waitForIssue(picket, `CheckoutFailed: ${LONG_WORD.slice(0, 60)}`)).id
  })

  afterAll(() => browser?.close())

  it('never scroll sideways, on a phone or on a desk', async () => {
    const { page, faults } = await openSignedIn(browser, picket, '/acme/shop', { viewport: PHONE })
    const expectNoOverhang = async () => {
      for (const size of [PHONE, DESKTOP]) {
        await page.setViewportSize(size)
        expect(await overhang(page), `${page.url()} at ${size.width}`).toBe(0)
      }
      await page.setViewportSize(PHONE)
    }
    await page.locator('main').getByRole('link', { name: 'CheckoutFailed' }).first().waitFor()
    await expectNoOverhang()
    await page.goto(`/acme/shop/issues/${issueId}`)
    await page.getByRole('region', { name: 'Extra' }).waitFor()
    await expectNoOverhang()
    await goTo(page, 'Ledger')
    await page.getByRole('region', { name: 'Balance' }).waitFor()
    await expectNoOverhang()
    await goTo(page, 'Set up')
    await page.getByText(picket.dsn, { exact: true }).waitFor()
    await expectNoOverhang()
    expect(faults).toEqual([])
  })

  it('follow the system’s theme until the reader chooses, and remember the choice', async () => {
    const look = { colorScheme: 'light' } as const
    const { page } = await openSignedIn(browser, picket, '/acme/shop', look)
    const mode = () => page.evaluate('document.documentElement.dataset.mode')
    await page.getByRole('button', { name: /^Account of/ }).click()
    expect(await mode()).toBe('light')
    await page.getByRole('menuitem', { name: 'Dark theme' }).click()
    expect(await mode()).toBe('dark')
    await page.reload()
    expect(await mode()).toBe('dark')
  })

  it('say so when there is nothing at an address', async () => {
    const { page } = await openSignedIn(browser, picket, '/acme/shop/nowhere/at/all')
    await page.getByText('There is no page here').waitFor()
    await page.goto('/acme/shop/issues/999999999')
    await page.getByText('There is nothing at this address').waitFor()
  })

  it('are served with a policy that lets our own files run, and nothing else', async () => {
    const { page } = await openDashboard(browser, picket)
    const answer = await page.goto('/login')
    const policy = answer?.headers()['content-security-policy']
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("default-src 'none'")
  })
})
