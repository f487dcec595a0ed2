import { beforeAll, describe, expect, it } from 'vitest'

import { installNode } from './install.ts'
import { errorsLost, makeLimitedKey, waitForFreshMinute } from './limited-key.ts'
import { launchChromium, openPage, serveSite } from './page.ts'
import { accepted, settledLedger } from './picket.ts'
import { runToEnd } from './run-client.ts'
import { hasTool } from './toolchain.ts'

const LIMIT = 2
const ERRORS = 6
/** One is refused and tells the SDK; the others it holds back by itself. */
const HELD_BACK = ERRORS - LIMIT - 1

/** What a client with a key of LIMIT errors a minute adds to the ledger by sending ERRORS of them. */
async function watchBackoff(send: (dsn: string) => Promise<void>) {
  const before = await settledLedger()
  const dsn = await makeLimitedKey(LIMIT)
  await waitForFreshMinute(30)
  await send(dsn)
  const heldBack = errorsLost(before, 'client_discard', 'ratelimit_backoff')
  const after = await settledLedger(
    (ledger) => errorsLost(ledger, 'client_discard', 'ratelimit_backoff') > heldBack,
  )
  const grown = (outcome: string, reason: string) =>
    errorsLost(after, outcome, reason) - errorsLost(before, outcome, reason)
  return {
    accepted: accepted(after, 'error') - accepted(before, 'error'),
    refused: grown('rate_limited', 'key_quota'),
    heldBack: grown('client_discard', 'ratelimit_backoff'),
    difference: after.difference,
  }
}

const EXPECTED = { accepted: LIMIT, refused: 1, heldBack: HELD_BACK, difference: 0 }

describe('an SDK that is told of a limit', () => {
  beforeAll(() => installNode('node'))

  it('@sentry/node backs off, and tells in the ledger what it held back', async () => {
    const seen = await watchBackoff(async (dsn) => {
      const env = { SENTRY_DSN: dsn, ERRORS: String(ERRORS) }
      const { code, output } = await runToEnd({
        name: 'node',
        command: process.execPath,
        args: ['backoff.mjs'],
        env,
      })
      expect([code, output]).toEqual([0, ''])
    })
    expect(seen).toEqual(EXPECTED)
  })

  it.skipIf(!hasTool('chromium'))('@sentry/browser does so too', async () => {
    await installNode('browser')
    const site = await serveSite('browser')
    const browser = await launchChromium()
    try {
      const seen = await watchBackoff(async (dsn) => {
        const address = `${site.url}/backoff.html?dsn=${encodeURIComponent(dsn)}`
        const { page, answers } = await openPage(browser, address)
        for (let click = 1; click <= ERRORS; click += 1) {
          await page.click('#fail')
          await page.waitForSelector(`body[data-sent="${click}"]`)
        }
        expect(answers.map(({ status }) => status)).toEqual([200, 200, 429])
        // Leaving the page hides it, and a hidden page sends its report.
        await page.goto('about:blank')
        await page.close()
      })
      expect(seen).toEqual(EXPECTED)
    } finally {
      await browser.close()
      await site.stop()
    }
  })
})
