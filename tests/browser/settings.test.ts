import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { DESKTOP, openSignedIn, overhang, PHONE, placeOf } from './dashboard.ts'
import { sendEvent, waitForIssue } from './events.ts'

const FILTERS = '/acme/shop/settings/filters'
const SCRUBBING = '/acme/shop/settings/scrubbing'

describe.skipIf(!hasTool('chromium'))('the settings of a project', () => {
  const picket = inject('picket')
  let browser: Browser
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    browser = await launchChromium()
    const reader = await openSignedIn(browser, picket, FILTERS)
    page = reader.page
    faults = reader.faults
  })

  afterAll(async () => {
    await restore()
    await browser?.close()
  })

  it('switch a filter at once, and take it back', async () => {
    const localhost = page.getByRole('switch', { name: 'Localhost' })
    await localhost.click()
    await page.getByText('Localhost changed').waitFor()
    expect(await localhost.getAttribute('aria-checked')).toBe('true')
    expect(await settings()).toMatchObject({ options: { 'filters:localhost': true } })
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(settings).toMatchObject({ options: { 'filters:localhost': false } })
  })

  it('say which old browsers are meant', async () => {
    await page.getByRole('switch', { name: 'Old browsers' }).click()
    const choices = page.getByRole('list', { name: 'Which browsers' })
    await choices.getByRole('checkbox', { name: /^Safari 15/ }).click()
    await expect
      .poll(settings)
      .toMatchObject({ options: { 'filters:legacy-browsers': ['safari'] } })
  })

  it('save a list, or say which entry of it makes no sense', async () => {
    const addresses = page.getByRole('textbox', { name: 'IP addresses' })
    await addresses.fill('203.0.113.0/24\nlol/8')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('"lol/8" is no address or network').waitFor()
    await addresses.fill('203.0.113.0/24')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('IP addresses saved').waitFor()
    expect(await settings()).toMatchObject({
      options: { 'filters:blacklisted_ips': '203.0.113.0/24' },
    })
  })

  it('show what scrubbing would do to an event before it is saved', async () => {
    await page.getByRole('link', { name: 'Scrubbing' }).click()
    await page.getByRole('button', { name: 'A sample' }).click()
    const places = page.getByRole('list', { name: 'Places that change' })
    await places.getByText('picket:api-tokens · replaced').waitFor()
    await page.getByRole('switch', { name: 'api-tokens' }).click()
    await places.getByText('picket:api-tokens · replaced').waitFor({ state: 'detached' })
    await places.getByText('picket:card-numbers · replaced').waitFor()
    expect(await settings()).toMatchObject({ scrubbingRules: { 'api-tokens': true } })
  })

  it('count how many of the stored events would change', async () => {
    await sendEvent(picket, { message: 'counted by a preview', extra: { locker: 'L-17' } })
    await waitForIssue(picket, 'counted by a preview')
    const reach = page.getByRole('region', { name: 'How far it reaches' })
    await page.getByRole('textbox', { name: 'Sensitive fields' }).fill('locker')
    await reach.getByText('strip-fields').waitFor()
    await reach.getByText(/ of the last \d+ events would change/).waitFor()
  })

  it('name the line of a rule that makes no sense, and save only what does', async () => {
    await page.getByRole('button', { name: 'Start from an example' }).click()
    const rules = page.getByRole('textbox', { name: 'Advanced rules' })
    const text = await rules.inputValue()
    await rules.fill(text.replace('$string', '$sting'))
    await page.getByRole('list', { name: 'Problems' }).getByText('Line 10').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await rules.fill(text)
    await page.getByRole('list', { name: 'Problems' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Scrubbing saved').waitFor()
    expect(await settings()).toMatchObject({
      sensitiveFields: ['locker'],
      scrubbingRules: { 'api-tokens': false },
      relayPiiConfig: expect.stringContaining('extra.passport'),
    })
  })

  it('try an event that somebody pastes', async () => {
    await page.getByRole('button', { name: 'Paste one' }).click()
    const box = page.getByRole('textbox', { name: 'Event, as JSON' })
    await box.fill('{ "extra": { "who": "badge B-1234" } }')
    const places = page.getByRole('list', { name: 'Places that change' })
    await places.getByText('project:badge · masked').waitFor()
    await places.getByText('badge B-1234').waitFor()
    await places.getByText('******').waitFor()
  })

  it('try the event somebody came from', async () => {
    const message = 'scrubbing is tried from its page'
    const event = await sendEvent(picket, { message, extra: { locker: 'L-18' } })
    const { id } = await waitForIssue(picket, message)
    await page.goto(`/acme/shop/issues/${id}`)
    await page.getByRole('heading', { name: message }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder(/./).last().fill('try scrubbing')
    await page.getByText('Try scrubbing on this event').click()
    await page.getByRole('button', { name: 'This event' }).waitFor()
    expect(placeOf(page)).toBe(`/acme/shop/settings/scrubbing?event=${event}`)
  })

  it('are on in all projects once the organization asks for it', async () => {
    await page.getByRole('link', { name: 'ask it of the organization' }).click()
    await page.getByRole('heading', { name: /^Scrubbing in all projects/ }).waitFor()
    await page.getByRole('switch', { name: 'IP addresses' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved for all projects').waitFor()
    await page.goto(SCRUBBING)
    await page.getByText('the organization asks for it').waitFor()
    const addresses = page.getByRole('switch', { name: 'IP addresses' })
    expect(await addresses.isDisabled()).toBe(true)
    expect(await addresses.getAttribute('aria-checked')).toBe('true')
  })

  it('never scroll sideways, on a phone or on a desk', async () => {
    for (const path of [FILTERS, SCRUBBING, '/acme/settings/scrubbing']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      for (const size of [PHONE, DESKTOP]) {
        await page.setViewportSize(size)
        expect(await overhang(page), `${path} at ${size.width}`).toBe(0)
      }
    }
  })

  it('met no fault on the way', () => {
    expect(faults).toEqual([])
  })

  const address = `${picket.url}/api/0/projects/acme/shop/`
  const headers = { authorization: `Bearer ${picket.token}`, 'content-type': 'application/json' }

  async function settings(): Promise<Record<string, unknown>> {
    return (await (await fetch(address, { headers })).json()) as Record<string, unknown>
  }

  /** As a new project has them: other tests send to the same one. */
  async function restore(): Promise<void> {
    const body = JSON.stringify({
      options: { 'filters:legacy-browsers': false, 'filters:blacklisted_ips': '' },
      sensitiveFields: [],
      scrubbingRules: { 'api-tokens': true },
      relayPiiConfig: '',
    })
    await fetch(address, { method: 'PUT', headers, body })
    const asked = JSON.stringify({ scrubIPAddresses: false })
    await fetch(`${picket.url}/api/0/organizations/acme/`, { method: 'PUT', headers, body: asked })
  }
})
