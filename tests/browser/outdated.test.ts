import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { openSignedIn } from './dashboard.ts'

const PALETTE = 'Command palette'

describe.skipIf(!hasTool('chromium'))('a page that is older than the deployed version', () => {
  const picket = inject('picket')
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
  })

  afterAll(() => browser?.close())

  it('starts anew when a file it asks for is gone, and then works', async () => {
    const { page } = await openSignedIn(browser, picket, '/acme/shop/ledger')
    const palette = page.getByRole('button', { name: PALETTE })
    await palette.waitFor()
    // Once only: the reloaded page is of the new version, and asks for a file that is there.
    await page.route('**/assets/palette-*.js', (route) => route.abort(), { times: 1 })
    const reloaded = page.waitForEvent('load')
    await palette.click()
    await reloaded
    await palette.click()
    await page.getByPlaceholder(/^Go to a page/).waitFor()
  })

  it('does not start anew for ever when the file stays missing', async () => {
    const { page } = await openSignedIn(browser, picket, '/acme/shop/ledger')
    let loads = 0
    page.on('load', () => {
      loads += 1
    })
    await page.route('**/assets/palette-*.js', (route) => route.abort())
    const palette = page.getByRole('button', { name: PALETTE })
    const reloaded = page.waitForEvent('load')
    await palette.click()
    await reloaded
    await palette.click()
    await page.getByText('Something in this page broke').waitFor()
    expect(loads).toBe(1)
  })
})
