import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { openSignedIn, type Reader } from './dashboard.ts'
import { waitForIssue } from './events.ts'

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const MARKUP =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="window.isBroken=1"><b>bold</b></svg>'
const HIERARCHY = JSON.stringify({
  rendering_system: 'android',
  windows: [{ type: 'DecorView', children: [{ type: 'CheckoutButton' }] }],
})

describe.skipIf(!hasTool('chromium'))('files beside an event', () => {
  const picket = inject('picket')
  let browser: Browser
  let reader: Reader

  beforeAll(async () => {
    browser = await launchChromium()
    const eventId = randomUUID().replaceAll('-', '')
    await sendWithFiles(eventId)
    const issue = await waitForIssue(picket, 'it comes with files')
    reader = await openSignedIn(browser, picket, `/acme/shop/issues/${issue.id}/events/${eventId}`)
  })

  afterAll(() => browser?.close())

  it('are shown: pictures as pictures, view hierarchies as trees', async () => {
    const panel = reader.page.getByRole('region', { name: 'Attachments' })
    const picture = panel.getByRole('img', { name: 'screenshot.png' })
    await picture.waitFor()
    await reader.page.waitForFunction(
      "document.querySelector('img[alt^=screenshot]').naturalWidth === 1",
    )
    expect(await picture.getAttribute('src')).toMatch(/^blob:/)
    await panel.getByText('rendering_system').waitFor()
  })

  it('are text where they could be markup, and only when asked for', async () => {
    const panel = reader.page.getByRole('region', { name: 'Attachments' })
    expect(await panel.getByText('onload=').count()).toBe(0)
    await panel.getByRole('button', { name: 'Show x.svg' }).click()
    await panel.getByText(MARKUP).waitFor()
    expect(await reader.page.evaluate('window.isBroken')).toBeUndefined()
    expect(reader.faults).toEqual([])
  })

  it('are saved byte for byte', async () => {
    const saving = reader.page.waitForEvent('download')
    await reader.page.getByRole('link', { name: 'Download screenshot.png' }).click()
    const download = await saving
    expect(download.suggestedFilename()).toBe('screenshot.png')
    expect(readFileSync(await download.path())).toEqual(PIXEL)
  })

  it('stand beside what people wrote', async () => {
    const panel = reader.page.getByRole('region', { name: 'What people wrote' })
    await panel.getByText('it broke <b>twice</b>').waitFor()
    expect(await panel.textContent()).toContain('jane@shop.example')
  })

  async function sendWithFiles(eventId: string): Promise<void> {
    const report = {
      event_id: eventId,
      name: 'Jane',
      email: 'jane@shop.example',
      comments: 'it broke <b>twice</b>',
    }
    const items: [object, Buffer][] = [
      [{ type: 'event' }, Buffer.from('{"message":"it comes with files"}')],
      [{ type: 'user_report' }, Buffer.from(JSON.stringify(report))],
      [{ type: 'attachment', filename: 'screenshot.png', content_type: 'image/png' }, PIXEL],
      [
        { type: 'attachment', filename: 'x.svg', content_type: 'image/svg+xml' },
        Buffer.from(MARKUP),
      ],
      [
        { type: 'attachment', filename: 'v.json', attachment_type: 'event.view_hierarchy' },
        Buffer.from(HIERARCHY),
      ],
    ]
    const parts = items.map(([header, payload]) => {
      const line = JSON.stringify({ ...header, length: payload.length })
      return Buffer.concat([Buffer.from(`${line}\n`), payload, Buffer.from('\n')])
    })
    const header = Buffer.from(`${JSON.stringify({ event_id: eventId })}\n`)
    const answer = await fetch(`${picket.url}/api/${picket.projectId}/envelope/`, {
      method: 'POST',
      headers: { 'x-sentry-auth': `Sentry sentry_key=${picket.publicKey}` },
      body: Buffer.concat([header, ...parts]),
    })
    expect(answer.status).toBe(200)
  }
})
