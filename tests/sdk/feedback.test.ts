import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { z } from 'zod/mini'

import { UserReport } from '#contract/feedback.ts'
import { installNode } from './install.ts'
import { launchChromium, openPage, type Site, serveSite } from './page.ts'
import { findIssue, get, waitFor } from './picket.ts'
import { hasTool } from './toolchain.ts'

const { organization, project } = inject('picket')

/** Waits for the report that says this. */
function findReport(comments: string): Promise<UserReport> {
  return waitFor(`the report "${comments}"`, async () => {
    const path = `/api/0/projects/${organization}/${project}/user-feedback/`
    const reports = z.array(UserReport).parse(await get(path))
    return reports.find((report) => report.comments === comments)
  })
}

describe.skipIf(!hasTool('chromium'))('a visitor who is asked, in Chromium', () => {
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

  it('answers the crash-report dialog, and the answer stands beside the error', async () => {
    const { page } = await openPage(browser, `${site.url}/feedback.html`)
    await page.click('#fail')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.getByLabel('Name').inputValue()).toBe('Ada')
    await dialog.getByLabel('What happened?').fill('I only pressed <b>once</b>')
    await dialog.getByRole('button', { name: 'Submit' }).click()
    await dialog.getByText('Your feedback has been sent').waitFor()
    const { event } = await findIssue('Error: the visitor is asked')
    expect(await findReport('I only pressed <b>once</b>')).toMatchObject({
      eventID: event.eventID,
      name: 'Ada',
      email: 'ada@shop.example',
      source: 'user_report',
    })
    await page.close()
  })

  it('writes by the feedback widget, which is no error', async () => {
    const { page, answers } = await openPage(browser, `${site.url}/feedback.html`)
    await page.getByRole('button', { name: 'Report a Bug' }).click()
    await page.getByLabel('Name').fill('Grace')
    await page.getByLabel('Email').fill('grace@shop.example')
    await page.getByLabel('Description').fill('the basket is too small')
    await page.getByRole('button', { name: 'Send Bug Report' }).click()
    expect(await findReport('the basket is too small')).toMatchObject({
      name: 'Grace',
      email: 'grace@shop.example',
      source: 'feedback',
      url: `${site.url}/feedback.html`,
    })
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    await page.close()
  })

  it('is heard through the tunnel, whose address has no word that blockers look for', async () => {
    const page = await browser.newPage()
    const urls: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') urls.push(request.url())
    })
    await page.goto(`${site.url}/tunnel.html`)
    await page.click('#break')
    const { event } = await findIssue('EvalError: sent by the tunnel')
    expect(event.sdk).toMatchObject({ name: 'sentry.javascript.browser' })
    expect(urls.length).toBeGreaterThan(0)
    const origin = inject('picket').url
    for (const url of urls) {
      expect(url.startsWith(`${origin}/api/note/`)).toBe(true)
      expect(url).not.toMatch(/sentry|envelope|dsn|key|store|track|error|event/i)
    }
    await page.close()
  })
})
