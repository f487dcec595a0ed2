import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { openSignedIn, placeOf } from './dashboard.ts'
import { sendEvent, waitForIssue } from './events.ts'

/** One word of these issues' titles only, so that a search finds them alone. */
const WORD = 'Keyboarded'
const NAMES = ['Alpha', 'Beta', 'Gamma']
const LIST = `/acme/shop?query=is%3Aunresolved+${WORD}&sort=new`

describe.skipIf(!hasTool('chromium'))('the keyboard', () => {
  const picket = inject('picket')
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
    for (const name of NAMES) {
      const values = [{ type: `${name}${WORD}`, value: 'broke' }]
      await sendEvent(picket, { platform: 'node', exception: { values } })
    }
    for (const name of NAMES) await waitForIssue(picket, `${name}${WORD}: broke`)
    page = (await openSignedIn(browser, picket, LIST)).page
    await row('Alpha').waitFor()
  })

  afterAll(() => browser?.close())

  const row = (name: string) => page.getByRole('link', { name: `${name}${WORD}` })
  const focused = () => page.evaluate<string>('document.activeElement.textContent')

  it('moves through the list, opens an issue and comes back', async () => {
    await page.keyboard.press('j')
    const first = await focused()
    await page.keyboard.press('j')
    const second = await focused()
    await page.keyboard.press('k')
    expect(await focused()).toBe(first)
    expect(second).not.toBe(first)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: first, level: 1 }).waitFor()
    await page.goBack()
    await row('Alpha').waitFor()
    expect(placeOf(page)).toBe(LIST)
  })

  it('resolves the row under the cursor, goes on to the next, and undoes', async () => {
    await page.keyboard.press('j')
    const first = await focused()
    await page.keyboard.press('e')
    await page.getByText(/^SHOP-\w+ resolved$/).waitFor()
    await expect.poll(focused).toMatch(WORD)
    expect(await focused()).not.toBe(first)
    await page.keyboard.press('z')
    await page.getByRole('link', { name: first }).waitFor()
  })

  it('resolves many at once, and takes all of it back', async () => {
    await page.getByRole('checkbox', { name: 'Select all rows' }).check()
    await page.getByText('3 selected').waitFor()
    await page.keyboard.press('e')
    await page.getByText('3 issues resolved').waitFor()
    await page.getByText('No match').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    for (const name of NAMES) await row(name).waitFor()
  })

  it('keeps the order of changes, though the first takes its time', async () => {
    const { id } = await waitForIssue(picket, `Gamma${WORD}: broke`)
    const delay = (route: Route) => void setTimeout(() => void route.continue(), 1500)
    await page.route('**/issues/?id=*', delay, { times: 1 })
    await page.goto(`/acme/shop/issues/${id}`)
    await page.getByRole('button', { name: 'Resolve' }).waitFor()
    await page.keyboard.press('e')
    await page.getByRole('button', { name: 'Reopen' }).waitFor()
    await page.keyboard.press('u')
    await page.getByText(/^SHOP-\w+ resolved$/).waitFor()
    await page.getByText(/^SHOP-\w+ reopened$/).waitFor()
    expect(await waitForIssue(picket, `Gamma${WORD}`)).toMatchObject({ status: 'unresolved' })
  })

  it('finds an issue and a command by name', async () => {
    await page.keyboard.press('Control+k')
    const palette = page.getByPlaceholder(/^Go to a page/)
    await palette.fill(`Beta${WORD}`)
    await page.getByRole('option', { name: `Beta${WORD}` }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: `Beta${WORD}`, level: 1 }).waitFor()
    await page.keyboard.press('Control+k')
    await palette.fill('ledger')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Ledger' }).waitFor()
  })

  it('turns every time on the page to UTC with one click', async () => {
    await page.goto(LIST)
    await row('Alpha').waitFor()
    const times = page.locator('main time:visible')
    await page.getByRole('button', { name: 'Show times in UTC' }).click()
    const texts = await times.allTextContents()
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(text).toMatch(/^\d\d-\d\d \d\d:\d\d$/)
  })
})
