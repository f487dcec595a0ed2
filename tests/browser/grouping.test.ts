import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { DESKTOP, openSignedIn, overhang, PHONE } from './dashboard.ts'
import { makeError, sendEvent, waitForIssue } from './events.ts'

/** An error that is grouped by its name alone. */
const named = (name: string) => makeError(name, { fingerprint: [name] })

describe.skipIf(!hasTool('chromium'))('how errors are grouped', () => {
  const picket = inject('picket')
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
    await sendEvent(picket, named('Ebbtide'))
    await sendEvent(picket, named('Ebbtide'))
    await sendEvent(picket, named('Flowtide'))
    await Promise.all([
      waitForIssue(picket, 'CheckoutFailed: Ebbtide', 2),
      waitForIssue(picket, 'CheckoutFailed: Flowtide'),
    ])
  })

  afterAll(() => browser?.close())

  const rowOf = (page: Page, name: string) => page.locator('main li').filter({ hasText: name })
  const select = (page: Page, name: string) =>
    rowOf(page, name).getByRole('checkbox').check({ force: true })

  it('is changed by merging in the list, and taken back', async () => {
    const { page, faults } = await openSignedIn(browser, picket, '/acme/shop')
    await select(page, 'Ebbtide')
    await select(page, 'Flowtide')
    await page.getByRole('button', { name: 'Merge' }).click()
    await rowOf(page, 'Flowtide').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await rowOf(page, 'Flowtide').waitFor()
    await select(page, 'Ebbtide')
    await select(page, 'Flowtide')
    await page.keyboard.press('m')
    await rowOf(page, 'Flowtide').waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  })

  it('is explained beside each event, and undone hash by hash', async () => {
    const { id } = await waitForIssue(picket, 'CheckoutFailed: Ebbtide', 3)
    const path = `/acme/shop/issues/${id}`
    const { page, faults } = await openSignedIn(browser, picket, path)
    const panel = page.getByRole('region', { name: 'Why grouped' })
    await panel.getByRole('button', { name: 'Explain' }).click()
    await panel.getByText('The SDK asks for the fingerprint').waitFor()
    await panel.getByText('2 hashes lead here').waitFor()
    for (const size of [PHONE, DESKTOP]) {
      await page.setViewportSize(size)
      expect(await overhang(page)).toBe(0)
    }
    const flow = panel.getByRole('listitem').filter({ hasText: 'CheckoutFailed: Flowtide' })
    await flow.getByRole('checkbox').check({ force: true })
    await panel.getByRole('button', { name: 'Unmerge 1' }).click()
    await panel.getByText('One hash leads here').waitFor()
    await page.goto('/acme/shop')
    await rowOf(page, 'Flowtide').waitFor()
    expect(faults).toEqual([])
  })

  it('is tried on stored events, applied to history, and undone', async () => {
    const { page, faults } = await openSignedIn(browser, picket, '/acme/shop/settings/grouping')
    const rules = page.getByLabel('Fingerprint rules')
    await rules.fill('error.value:"*tide" -> tide\nnonsense')
    await page.getByRole('button', { name: 'Try on stored events' }).click()
    await page.getByRole('alert').getByText('Line 2').waitFor()
    await rules.fill('error.value:"*tide" -> tide')
    await page.getByRole('button', { name: 'Try on stored events' }).click()
    const preview = page.getByRole('region', { name: 'Preview' })
    await preview.getByText('2 issues become 1.').waitFor()
    for (const size of [PHONE, DESKTOP]) {
      await page.setViewportSize(size)
      expect(await overhang(page)).toBe(0)
    }
    await preview.getByRole('button', { name: 'Apply to history' }).click()
    const operation = page.getByRole('listitem').filter({ hasText: 'fingerprint rules' })
    await operation.getByRole('button', { name: 'Undo' }).click()
    await operation.getByText('taken back').waitFor()
    await expect.poll(() => rules.inputValue()).toBe('')
    await page.goto('/acme/shop')
    await Promise.all([rowOf(page, 'Ebbtide').waitFor(), rowOf(page, 'Flowtide').waitFor()])
    expect(faults).toEqual([])
  })

  it('can span projects, where an owner wants it', async () => {
    const { page, faults } = await openSignedIn(browser, picket, '/acme/global-issues')
    await page.getByRole('button', { name: 'Turn on' }).click()
    await page.getByText('No error spans projects').waitFor()
    await page.getByRole('button', { name: 'Turn off' }).click()
    await page.getByText('Global grouping is off').waitFor()
    expect(faults).toEqual([])
  })
})
