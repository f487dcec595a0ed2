/** Requests, contexts and clients: what surrounds an error. */
import { describe, expect, it } from 'vitest'
import { normalizeEvent } from '../normalize-event.ts'
import type { ParsedUserAgent } from './add-client-contexts.ts'

const parsed: ParsedUserAgent = {
  browser: { name: 'Chrome', version: '88.0' },
  os: { name: 'Mac OS X', version: '10.15.7' },
  device: { family: 'Mac', model: 'Mac', brand: 'Apple' },
}

function normalize(raw: Record<string, unknown>, userAgent: ParsedUserAgent = parsed) {
  const context = { eventId: '0'.repeat(32), now: 1_600_000_000_000 }
  return normalizeEvent(raw, { ...context, parseUserAgent: () => userAgent })
}

const request = (fields: Record<string, unknown>) => normalize({ request: fields }).request
const headers = (fields: Record<string, string>) => ({ request: { headers: fields } })

describe('requests', () => {
  it.each<[string, Record<string, unknown>]>([
    ['/relative?a=b#c', { url: '/relative', query_string: [['a', 'b']], fragment: 'c' }],
    ['http://a.b/x…', { url: 'http://a.b/x...' }],
    ['http://user@a.b:80/x', { url: 'http://user@a.b/x' }],
    ['http://a.b/?', { url: 'http://a.b/' }],
    ['http://[broken/?a=b', { url: 'http://[broken/', query_string: [['a', 'b']] }],
  ])('to %s', (url, expected) => {
    expect(request({ url })).toEqual(expected)
  })

  it('believe what was said apart from the URL', () => {
    const said = { query_string: 'x=y', fragment: 'z' }
    expect(request({ url: 'http://a.b/?a=b#c', ...said })).toEqual({
      url: 'http://a.b/',
      query_string: [['x', 'y']],
      fragment: 'z',
    })
  })

  it.each<[unknown, unknown, string | undefined]>([
    ['{"a":[1]}', { a: [1] }, 'application/json'],
    ['[1]', [1], 'application/json'],
    ['{"a":', '{"a":', undefined],
    ['<?xml a=b&c=d ?>', '<?xml a=b&c=d ?>', undefined],
    ['a=b&c=d&a=e', { a: 'e', c: 'd' }, 'application/x-www-form-urlencoded'],
    ['a=%C3%BC', { a: 'ü' }, 'application/x-www-form-urlencoded'],
    ['ü=b', 'ü=b', undefined],
    ['plain words', 'plain words', undefined],
    ['base64==', 'base64==', undefined],
    [{ a: 1 }, { a: 1 }, undefined],
  ])('with the body %j', (data, expected, type) => {
    expect([request({ data })?.data, request({ data })?.inferred_content_type]).toEqual([
      expected,
      type,
    ])
  })

  it('know the type of a body they cannot read', () => {
    const sent = { data: 'x', headers: { 'content-type': 'text/plain; charset=utf-8' } }
    expect(request(sent)?.inferred_content_type).toBe('text/plain')
  })

  it.each([
    ['get', 'GET'],
    ['M-SEARCH', 'M-SEARCH'],
    ['X', null],
    ['A'.repeat(33), null],
  ])('by %s are %s', (method, expected) => {
    expect(request({ method })?.method).toBe(expected)
  })

  it('tell cookies once', () => {
    const sent = { headers: { cookie: 'a=b', Via: 'x' }, cookies: { c: 'd' } }
    expect(request(sent)).toEqual({ headers: [['Via', 'x']], cookies: [['c', 'd']] })
    expect(request({ headers: { Cookie: '' } })).toEqual({ headers: [['Cookie', '']] })
  })
})

describe('clients', () => {
  it('are told by the header, on a server apart from its own system', () => {
    expect(normalize({ ...headers({ 'user-agent': 'x' }), platform: 'python' }).contexts).toEqual({
      browser: { type: 'browser', name: 'Chrome', version: '88.0', browser: 'Chrome 88.0' },
      client_os: { type: 'os', name: 'Mac OS X', version: '>=10.15.7', os: 'Mac OS X >=10.15.7' },
      device: { type: 'device', family: 'Mac', model: 'Mac', brand: 'Apple' },
    })
    const inBrowser = normalize({ ...headers({ 'user-agent': 'x' }), platform: 'javascript' })
    expect(Object.keys(inBrowser.contexts ?? {})).toEqual(['browser', 'device', 'os'])
  })

  it('are told by their hints before their header', () => {
    const hints = {
      'user-agent': 'x',
      'sec-ch-ua': '" Not A;Brand";v="99", "Chromium";v="109", "Opera";v="90"',
      'sec-ch-ua-model': '"Pixel 3"',
      'sec-ch-ua-platform': '"Android"',
      'sec-ch-ua-platform-version': '"13.0"',
    }
    expect(normalize({ ...headers(hints), platform: 'javascript' }).contexts).toMatchObject({
      browser: { name: 'Opera', version: '90' },
      device: { type: 'device', model: 'Pixel 3' },
      os: { name: 'Android', version: '13.0' },
    })
  })

  it('are what the SDK says they are', () => {
    const contexts = { browser: { name: 'Mine' } }
    const event = normalize({ ...headers({ 'user-agent': 'x' }), contexts, platform: 'javascript' })
    expect(event.contexts?.['browser']).toMatchObject({ name: 'Mine' })
    expect(event.contexts?.['os']).toMatchObject({ name: 'Mac OS X' })
  })

  it('nobody knows are not made up', () => {
    const event = normalize(headers({ 'user-agent': 'x' }), {
      browser: null,
      os: null,
      device: null,
    })
    expect(event.contexts).toBeUndefined()
  })
})

describe('contexts', () => {
  const osOf = (raw_description: string) =>
    normalize({ contexts: { os: { raw_description } } }).contexts?.['os']

  it.each<[string, Record<string, unknown>]>([
    ['Microsoft Windows 10.0.19042', { name: 'Windows', version: '10', build: '19042' }],
    ['Microsoft Windows NT 10.0.22631.0', { name: 'Windows', version: '11', build: '22631' }],
    ['Microsoft Windows 6.1.7601 Service Pack 1', { name: 'Windows', version: '7', build: '7601' }],
    ['Microsoft Windows 10.0.99999', { name: 'Windows', version: '10.0.99999', build: '99999' }],
    ['macOS Version 12.2.1 (Build 21D62)', { name: 'macOS', version: '12.2.1', build: '21D62' }],
    ['iOS Version 15.4 (Build 19E241)', { name: 'iOS', version: '15.4', build: '19E241' }],
    [
      'Android OS 11 / API-30 (RP1A.201005.001/2107031736)',
      { name: 'Android', version: '11', build: 'RP1A.201005.001/2107031736' },
    ],
    ['Nintendo Switch', { name: 'Nintendo OS' }],
    ['Linux 5.11 Ubuntu 20.04 64bit', { name: 'Ubuntu', version: '20.04', kernel_version: '5.11' }],
    [
      'Linux 4.15.0-118-generic #119-Ubuntu SMP',
      { name: 'Linux', version: '4.15.0', kernel_version: '4.15.0-118-generic' },
    ],
    ['webOS 6.2', { name: 'webOS', version: '6.2' }],
  ])('read %s', (description, expected) => {
    expect(osOf(description)).toMatchObject(expected)
  })

  it('do not guess', () => {
    expect(osOf('something else')).toEqual({ type: 'os', raw_description: 'something else' })
    const named = { name: 'Mine', raw_description: 'macOS Version 12.2.1' }
    expect(normalize({ contexts: { os: named } }).contexts?.['os']).toEqual({
      type: 'os',
      ...named,
      os: 'Mine',
    })
  })

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [
      { raw_description: '.NET Core 3.1.2' },
      { name: '.NET Core', version: '3.1.2', runtime: '.NET Core 3.1.2' },
    ],
    [
      { name: '.NET Framework', build: '461808' },
      { version: '4.7.2', runtime: '.NET Framework 4.7.2' },
    ],
    [{ name: '.NET Framework', build: '1' }, { name: '.NET Framework' }],
    [{ name: 'CPython' }, { name: 'CPython' }],
  ])('of runtimes: %j', (runtime, expected) => {
    const context = normalize({ contexts: { runtime } }).contexts?.['runtime']
    expect(context).toMatchObject(expected)
    expect(context?.['runtime']).toBe(expected['runtime'])
  })

  it('of responses: bodies are read, cookies told apart', () => {
    const response = {
      data: '{"a":1}',
      headers: [
        ['Set-Cookie', 'a=b; Path=/'],
        ['Via', 'x'],
      ],
    }
    expect(normalize({ contexts: { response } }).contexts?.['response']).toEqual({
      type: 'response',
      data: { a: 1 },
      inferred_content_type: 'application/json',
      cookies: [['a', 'b']],
      headers: [['Via', 'x']],
    })
  })

  it('of traces have a status, and reprocessing is ours alone', () => {
    const trace = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }
    const event = normalize({ contexts: { trace, reprocessing: { x: 1 } } })
    expect(event.contexts).toEqual({ trace: { type: 'trace', ...trace, status: 'unknown' } })
  })
})
