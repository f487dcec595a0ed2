import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../sdk/page.ts'
import { hasTool } from '../sdk/toolchain.ts'
import { goTo, openSignedIn, type Reader } from './dashboard.ts'
import { sendEvent, waitForIssue } from './events.ts'

const SCRIPT = '"><img src=x onerror="window.isBroken=1"><script>window.isBroken=1</script>'
const ADDRESS = 'javascript:window.isBroken=1'

/** Every field a page shows, full of markup and of addresses that are programs. */
const EVIL_EVENT = {
  platform: 'javascript',
  level: 'error',
  logger: SCRIPT,
  release: 'evil',
  culprit: SCRIPT,
  transaction: SCRIPT,
  exception: {
    values: [
      {
        type: 'Evil',
        value: SCRIPT,
        module: SCRIPT,
        mechanism: { type: SCRIPT, handled: false, help_link: ADDRESS, data: { url: ADDRESS } },
        stacktrace: {
          frames: [
            {
              filename: ADDRESS,
              abs_path: ADDRESS,
              function: SCRIPT,
              lineno: 3,
              in_app: true,
              pre_context: [SCRIPT],
              context_line: SCRIPT,
              post_context: [SCRIPT],
              vars: { [SCRIPT]: SCRIPT, constructor: SCRIPT },
            },
          ],
        },
      },
    ],
  },
  breadcrumbs: {
    values: [
      { category: SCRIPT, message: SCRIPT, timestamp: 1e300, data: { url: ADDRESS } },
      { type: 'http', category: 'http', data: { method: SCRIPT, url: ADDRESS } },
      { type: 'navigation', data: { from: SCRIPT, to: ADDRESS } },
    ],
  },
  request: {
    method: 'GET',
    url: ADDRESS,
    headers: [[SCRIPT, SCRIPT]],
    query_string: [[SCRIPT, SCRIPT]],
    cookies: [[SCRIPT, SCRIPT]],
    data: SCRIPT,
  },
  user: { id: SCRIPT, username: SCRIPT, data: { url: ADDRESS } },
  contexts: { [SCRIPT]: { url: ADDRESS, text: SCRIPT } },
  tags: { url: ADDRESS, markup: SCRIPT },
  extra: { [SCRIPT]: SCRIPT, honest: 'https://shop.example/help', url: ADDRESS },
}

describe.skipIf(!hasTool('chromium'))('an event full of markup', () => {
  const picket = inject('picket')
  let browser: Browser
  let reader: Reader

  beforeAll(async () => {
    browser = await launchChromium()
    await sendEvent(picket, EVIL_EVENT)
    const issue = await waitForIssue(picket, 'Evil: ')
    reader = await openSignedIn(browser, picket, `/acme/shop/issues/${issue.id}`)
    await reader.page.getByRole('heading', { name: 'Evil', level: 1 }).waitFor()
    await reader.page.getByRole('region', { name: 'Extra' }).waitFor()
  })

  afterAll(() => browser?.close())

  it('is shown as the text it is', async () => {
    expect(await reader.page.getByText(SCRIPT, { exact: true }).count()).toBeGreaterThan(10)
  })

  it('makes no element and runs nothing', async () => {
    expect(await reader.page.locator('main img, main script, main iframe').count()).toBe(0)
    expect(await reader.page.evaluate('window.isBroken')).toBeUndefined()
    expect(reader.faults).toEqual([])
  })

  it('links to web addresses only, and gives nothing away to them', async () => {
    const links = await reader.page.locator('main a[target=_blank]').all()
    const outside = await Promise.all(
      links.map(async (link) => [await link.getAttribute('href'), await link.getAttribute('rel')]),
    )
    const addresses = outside
      .map(([href]) => href ?? '')
      .filter((href) => !href.startsWith('/api/0/'))
    expect(addresses).toEqual(['https://shop.example/help'])
    const rels = outside.map(([, rel]) => rel)
    expect(rels.every((rel) => rel?.includes('noreferrer') || rel?.includes('noopener'))).toBe(true)
  })

  it('does no harm in the list either', async () => {
    await goTo(reader.page, 'Issues')
    await reader.page.getByRole('link', { name: 'Evil', exact: true }).waitFor()
    expect(await reader.page.locator('main img, main script, main iframe').count()).toBe(0)
    expect(await reader.page.evaluate('window.isBroken')).toBeUndefined()
    expect(reader.faults).toEqual([])
  })
})
