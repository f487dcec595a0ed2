import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { DESKTOP, openDashboard, openSignedIn, overhang, PHONE } from './dashboard.ts'
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

  it.each([
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ])('never scroll sideways on a %s', async (_, viewport) => {
    const { page, faults } = await openSignedIn(browser, picket, '/acme/shop', { viewport })
    const main = page.locator('main')
    await main.getByRole('link', { name: 'CheckoutFailed' }).first().waitFor()
    expect(await overhang(page)).toBe(0)
    await page.goto(`/acme/shop/issues/${issueId}`)
    await page.getByRole('region', { name: 'Extra' }).waitFor()
    expect(await overhang(page)).toBe(0)
    await page.goto('/acme/shop/ledger')
    await page.getByRole('region', { name: 'Balance' }).waitFor()
    expect(await overhang(page)).toBe(0)
    await page.goto('/acme/shop/getting-started')
    await page.getByText(picket.dsn, { exact: true }).waitFor()
    expect(await overhang(page)).toBe(0)
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
