import { describe, expect, it } from 'vitest'

import { normalizeMessage, trimMessage } from './normalize-message.ts'
import { parameterize } from './parameterize.ts'

describe('parameterizing', () => {
  it.each([
    ['a sentence of plain words', 'a sentence of plain words'],
    ['', ''],
    ['order 12 of 2024-01-02', 'order <int> of <date>'],
    ['mail bob@example.com, or x@y', 'mail <email>, or <email>'],
    ['GET https://a.example/x?y=1 failed', 'GET <url> failed'],
    ['dial db.example.com:5432', 'dial <hostname>:<int>'],
    ['Db.Example.Com is no host', 'Db.Example.Com is no host'],
    ["id='x' ok=true", 'id=<quoted_str> ok=<bool>'],
    ['took 1.5s, 30ms and 2.25', 'took <duration>, <duration> and <float>'],
    ['tx274a77a8975c4a66aeb24-0052d95365/x done', '<swift_txn_id> done'],
  ])('%s becomes %s', (text, expected) => {
    expect(parameterize(text)).toBe(expected)
  })

  it('starts again kind by kind when an address turns out to be none', () => {
    expect(parameterize('at 12:31:59 from 1::2')).toBe('at <date> from <ip>')
    expect(parameterize(':::: 7')).toBe(':::: <int>')
    expect(parameterize('01.2.3.4')).toBe('<float>.<float>')
  })

  it('knows letters and digits of all scripts', () => {
    expect(parameterize('é12 ١٢٣')).toBe('é12 <int>')
    expect(parameterize('𝟙 😀 7😀')).toBe('<int> 😀 <int>😀')
  })

  it('leaves numbers that are part of a word', () => {
    expect(parameterize('utf8 x_12 12_x')).toBe('utf8 x_12 12_x')
  })

  it.each([
    ['one word', 'a'],
    ['digits', '1'],
    ['dots', 'a.'],
    ['labels', 'a-'],
    ['colons', ':'],
    ['colon groups', 'a:'],
    ['decimal points', '1.'],
    ['minus signs', '-1.'],
    ['at signs', 'a@'],
    ['quotes', "='"],
    ['open calls', 'datetime.datetime('],
    ['open brackets', 'Mon Jan 02 2006 14:04:05 GMT+0000 ('],
    ['months', 'Jan 1 '],
    ['hex', 'deadbeef0'],
    ['lines', 'x\n'],
    ['slashes', 'http://'],
  ])('reads a megabyte of %s in linear time', (_, unit) => {
    const startedAt = performance.now()
    parameterize(unit.repeat(Math.ceil(1_000_000 / unit.length)))
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})

describe('trimming a message', () => {
  it('keeps the first two lines that say something', () => {
    expect(trimMessage('\n one\r\n\r\ntwo\u2028three')).toBe(' one\ntwo...')
    expect(trimMessage('one\ntwo')).toBe('one\ntwo')
    expect(trimMessage('one\n')).toBe('one...')
    expect(trimMessage('')).toBe('')
  })

  it('comes before parameterizing', () => {
    expect(normalizeMessage('a 1\nb 2\nc 3')).toBe('a <int>\nb <int>...')
  })
})
