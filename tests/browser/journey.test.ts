import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { type Product, startProduct } from '../sdk/product.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { goTo, openDashboard, placeOf, signIn } from './dashboard.ts'
import { makeError, sendEvent, waitForIssue } from './events.ts'

const TITLE = 'CheckoutFailed: order 8812 is lost'

/** In order: each step stands where the one before it ended. The product is its own, and new. */
describe.skipIf(!hasTool('chromium'))('from signing in to a balanced ledger', () => {
  let product: Product
  let browser: Browser
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    product = await startProduct()
    browser = await launchChromium()
    const reader = await openDashboard(browser, product.seeded)
    page = reader.page
    faults = reader.faults
  })

  afterAll(async () => {
    await browser?.close()
    await product?.stop()
  })

  it('asks a stranger to sign in, and refuses a wrong password', async () => {
    await page.goto('/acme/shop/ledger')
    await signIn(page, { ...product.seeded, password: 'wrong' })
    await page.getByText('Email or password is wrong.').waitFor()
    expect(placeOf(page)).toBe('/login?next=%2Facme%2Fshop%2Fledger')
  })

  it('leads back to where the reader wanted to go', async () => {
    await signIn(page, product.seeded)
    await page.getByRole('heading', { name: 'Ledger' }).waitFor()
    expect(placeOf(page)).toBe('/acme/shop/ledger')
  })

  it('shows a new project its DSN, and a snippet per platform', async () => {
    await goTo(page, 'Issues')
    await page.getByText('Listening for the first event').waitFor()
    await page.getByText(product.seeded.dsn, { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Flask' }).click()
    await page.getByText(`sentry_sdk.init(dsn="${product.seeded.dsn}")`).waitFor()
    expect(placeOf(page)).toBe('/acme/shop/getting-started?platform=flask')
  })

  it('says what is wrong when something arrives and is not kept', async () => {
    await sendBrokenEvent()
    await page.getByText('Something arrived, but was not kept').waitFor()
  })

  it('moves on by itself when the first event is there', async () => {
    await sendEvent(product.seeded, makeError('order 8812 is lost', { tags: { tier: 'silver' } }))
    await page.getByText('Your first event arrived').waitFor()
    await page.getByRole('link', { name: 'CheckoutFailed' }).waitFor()
    expect(placeOf(page)).toBe('/acme/shop')
  })

  it('shows where it broke: frames, source, cause, tags', async () => {
    await sendEvent(product.seeded, makeError('order 8812 is lost', { tags: { tier: 'gold' } }))
    await waitForIssue(product.seeded, TITLE, 2)
    await page.getByRole('link', { name: 'CheckoutFailed' }).click()
    await page.getByRole('heading', { name: 'CheckoutFailed', level: 1 }).waitFor()
    const exception = page.getByRole('region', { name: 'Exception' })
    await exception.getByText('throw new CheckoutFailed(order.id, { cause })').waitFor()
    await exception.getByRole('heading', { name: 'DatabaseError' }).waitFor()
    await exception.getByText('Show 3 system frames').click()
    expect(await exception.getByText('dispatch').count()).toBe(1)
    const tags = page.getByRole('list', { name: 'Tags' })
    expect(await tags.getByText('gold', { exact: true }).count()).toBe(1)
    const shares = page.getByRole('region', { name: 'Tags' })
    await shares.getByText('silver', { exact: true }).waitFor()
    expect(await shares.getByText('50%').count()).toBeGreaterThan(0)
  })

  it('steps to the neighbouring event and back without a reload', async () => {
    await page.evaluate('window.isSamePage = true')
    const tags = page.getByRole('list', { name: 'Tags' })
    await page.getByRole('link', { name: /^Previous event/ }).click()
    await tags.getByText('silver', { exact: true }).waitFor()
    expect(placeOf(page)).toMatch(/^\/acme\/shop\/issues\/\d+\/events\/[0-9a-f]{32}$/)
    await page.keyboard.press('n')
    await tags.getByText('gold', { exact: true }).waitFor()
    expect(await page.evaluate('window.isSamePage')).toBe(true)
  })

  it('opens the same event for whoever gets the link', async () => {
    await page.reload()
    await page.getByRole('list', { name: 'Tags' }).getByText('gold', { exact: true }).waitFor()
  })

  it('resolves, and takes it back', async () => {
    await page.getByRole('button', { name: 'Resolve' }).click()
    await page.getByText(/^SHOP-\w+ resolved$/).waitFor()
    expect(await waitForIssue(product.seeded, TITLE)).toMatchObject({ status: 'resolved' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Resolve' }).waitFor()
    await expect
      .poll(() => waitForIssue(product.seeded, TITLE))
      .toMatchObject({ status: 'unresolved' })
  })

  it('balances the ledger: two kept, one lost for a reason that is named', async () => {
    await goTo(page, 'Ledger')
    const balance = page.getByRole('region', { name: 'Balance' })
    await balance.getByText('Balanced').waitFor()
    const terms = () => balance.locator('dd').allTextContents()
    await expect.poll(terms).toEqual(['3', '2', '0', '0', '1', '0', '0'])
    await page.getByText('An item is not valid JSON.').waitFor()
  })

  it('forgets the reader who signs out', async () => {
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to Picket' }).waitFor()
    await page.goto('/acme/shop')
    await page.getByRole('heading', { name: 'Sign in to Picket' }).waitFor()
  })

  it('met no fault on the way', () => {
    expect(faults).toEqual([])
  })

  /** An envelope whose event is no JSON: accepted at the door, then lost by name. */
  async function sendBrokenEvent(): Promise<void> {
    const { url, projectId, dsn } = product.seeded
    const body = `${JSON.stringify({ dsn })}\n{"type":"event"}\n{"message":\n`
    const answer = await fetch(`${url}/api/${projectId}/envelope/`, { method: 'POST', body })
    expect(answer.status).toBeLessThan(500)
  }
})
