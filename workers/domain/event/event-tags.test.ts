import { describe, expect, it } from 'vitest'

import { eventTags } from './event-tags.ts'
import { userKey } from './event-user.ts'
import { normalizeEvent } from './normalize-event.ts'

function tagsOf(raw: Record<string, unknown>): Record<string, string> {
  const event = normalizeEvent(raw, { eventId: '0'.repeat(32), now: 1_600_000_000_000 })
  return Object.fromEntries(eventTags(event))
}

describe('eventTags', () => {
  it('says what the fields say', () => {
    const raw = {
      level: 'warning',
      logger: 'app',
      environment: 'prod',
      transaction: '/x',
      release: 'a@1',
      dist: '7',
      user: { id: 1, email: 'a@b.c' },
      server_name: 'web-1',
      request: { url: 'http://a.b/x?y=z' },
      exception: [
        { type: 'A', mechanism: { type: 'onerror', handled: false } },
        { type: 'B', mechanism: { type: 'last', handled: true } },
      ],
    }
    expect(tagsOf(raw)).toEqual({
      level: 'warning',
      logger: 'app',
      environment: 'prod',
      transaction: '/x',
      release: 'a@1',
      dist: '7',
      user: 'id:1',
      server_name: 'web-1',
      url: 'http://a.b/x',
      mechanism: 'onerror',
      handled: 'no',
    })
  })

  it('says what the contexts say, under their keys', () => {
    const contexts = {
      browser: { name: 'Firefox', version: '126.0' },
      client_os: { type: 'os', name: 'Linux' },
      os: { name: 'Android', version: '14', rooted: true },
      device: {
        model: 'Pixel 3',
        family: 'Pixel',
        processor_frequency: 2000,
        processor_count: 8,
        memory_size: 8e9,
      },
      gpu: { name: 'Adreno', vendor_name: 'Qualcomm' },
      app: { device_app_hash: 'abc' },
      monitor: { id: 'm1' },
      biz: { name: 'x', version: 'y' },
    }
    expect(tagsOf({ contexts })).toEqual({
      level: 'error',
      browser: 'Firefox 126.0',
      'browser.name': 'Firefox',
      'client_os.name': 'Linux',
      os: 'Android 14',
      'os.name': 'Android',
      'os.rooted': 'yes',
      device: 'Pixel 3',
      'device.family': 'Pixel',
      'device.class': '2',
      'gpu.name': 'Adreno',
      'gpu.vendor': 'Qualcomm',
      'app.device': 'abc',
      'monitor.id': 'm1',
    })
  })

  it('overrules what an SDK sent, but for the URL', () => {
    const tags = {
      level: 'x',
      os: 'x',
      url: 'mine',
      'device.class': '9',
      user: 'x',
      'sentry:user': 'y',
    }
    const contexts = { os: { name: 'Linux', version: '6' } }
    expect(tagsOf({ tags, contexts, request: { url: 'http://a.b/' } })).toEqual({
      level: 'error',
      os: 'Linux 6',
      'os.name': 'Linux',
      url: 'mine',
    })
  })

  it('is bounded in number and length, and keeps what the server knows', () => {
    const tags = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 'v']))
    const event = normalizeEvent(
      { tags, release: 'a@1', request: { url: `http://a.b/${'x'.repeat(250)}` } },
      { eventId: '0'.repeat(32), now: 0 },
    )
    expect(eventTags(event)).toHaveLength(200)
    expect(Object.fromEntries(eventTags(event))).toMatchObject({ level: 'error', release: 'a@1' })
    const [, url] = eventTags({ ...event, tags: [] }).find(([key]) => key === 'url') ?? []
    expect(url).toHaveLength(200)
  })

  it('leaves out what could not be read', () => {
    expect(tagsOf({ tags: [['a', null], null, ['', 'b'], ['c', 'd'], ['c', 'e']] })).toEqual({
      level: 'error',
      c: 'd',
    })
  })
})

describe('userKey', () => {
  const keyOf = (user: unknown) =>
    userKey(normalizeEvent({ user }, { eventId: '0'.repeat(32), now: 0 }))

  it.each([
    [{ id: 1, username: 'ann', email: 'a@b.c', ip_address: '1.2.3.4' }, 'id:1'],
    [{ username: 'ann', email: 'a@b.c' }, 'username:ann'],
    [{ email: 'a@b.c', ip_address: '1.2.3.4' }, 'email:a@b.c'],
    [{ ip_address: '1.2.3.4' }, 'ip:1.2.3.4'],
    [{ id: '', username: 'ann' }, 'username:ann'],
    [{ name: 'Ann' }, null],
    [null, null],
  ])('of %j is %j', (user, key) => {
    expect(keyOf(user)).toBe(key)
  })
})
