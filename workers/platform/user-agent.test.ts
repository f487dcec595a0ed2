import { describe, expect, it } from 'vitest'

import { parseUserAgent } from './user-agent.ts'

const CHROME_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.150 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 14_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0.3 Mobile/15E148 Safari/604.1'
const PIXEL =
  'Mozilla/5.0 (Linux; Android 11; Pixel 3) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.152 Mobile Safari/537.36'

describe('parseUserAgent', () => {
  it('reads browser, system and device', () => {
    expect(parseUserAgent(IPHONE)).toEqual({
      browser: { name: 'Mobile Safari', version: '14.0.3' },
      os: { name: 'iOS', version: '14.4' },
      device: { family: 'iPhone', model: 'iPhone', brand: 'Apple' },
    })
  })

  it('knows no device behind a desktop browser', () => {
    expect(parseUserAgent(CHROME_WINDOWS)).toEqual({
      browser: { name: 'Chrome', version: '88.0.4324' },
      os: { name: 'Windows', version: '10' },
      device: null,
    })
  })

  it.each([
    ['Chrome Mobile', PIXEL],
    [
      'Chrome Mobile iOS',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 14_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/87.0.4280.77 Mobile/15E148 Safari/604.1',
    ],
    [
      'Chrome Mobile WebView',
      'Mozilla/5.0 (Linux; Android 11; Pixel 3; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/88.0.4324.152 Mobile Safari/537.36',
    ],
    ['Firefox', 'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/110.0'],
    ['Firefox Mobile', 'Mozilla/5.0 (Android 11; Mobile; rv:85.0) Gecko/85.0 Firefox/85.0'],
    [
      'Firefox iOS',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 11_2 like Mac OS X) AppleWebKit/604.4.7 (KHTML, like Gecko) FxiOS/31.0 Mobile/15E148 Safari/605.1.15',
    ],
    [
      'Edge',
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.182 Safari/537.36 Edg/88.0.705.74',
    ],
    [
      'Edge Mobile',
      'Mozilla/5.0 (Linux; Android 10; HD1913) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.181 Mobile Safari/537.36 EdgA/46.1.2.5140',
    ],
    [
      'Opera Mobile',
      'Mozilla/5.0 (Linux; Android 10; VOG-L29) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.181 Mobile Safari/537.36 OPR/61.2.3076',
    ],
    [
      'Opera Mini',
      'Opera/9.80 (Android; Opera Mini/7.29530/27.1407; U; en) Presto/2.8.119 Version/11.10',
    ],
    ['IE', 'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko'],
    [
      'IE Mobile',
      'Mozilla/5.0 (compatible; MSIE 9.0; Windows Phone OS 7.5; Trident/5.0; IEMobile/9.0; NOKIA; Lumia 710)',
    ],
    [
      'Android',
      'Mozilla/5.0 (Linux; U; Android 2.3.5; en-us; HTC Vision) AppleWebKit/533.1 (KHTML, like Gecko) Version/4.0 Mobile Safari/533.1',
    ],
    [
      'Safari',
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/14.0.3 Safari/605.1.15',
    ],
  ])('calls a browser %s', (name, header) => {
    expect(parseUserAgent(header).browser?.name).toBe(name)
  })

  it('calls a Mac what Sentry calls it', () => {
    const { os, device } = parseUserAgent(
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605',
    )
    expect(os).toEqual({ name: 'Mac OS X', version: '10.15.7' })
    expect(device).toEqual({ family: 'Mac', model: 'Mac', brand: 'Apple' })
  })

  it.each(['', '   ', 'okhttp/3.12', 'constructor', '__proto__'])(
    'makes nothing of %j',
    (header) => {
      expect(parseUserAgent(header)).toEqual({ browser: null, os: null, device: null })
    },
  )

  it('stays quick on a header of a megabyte', () => {
    const start = performance.now()
    parseUserAgent(`Mozilla/5.0 (Linux; Android 1; ${'x; '.repeat(400_000)}`)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
