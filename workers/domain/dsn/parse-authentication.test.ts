import { describe, expect, it } from 'vitest'

import { parseAuthentication } from './parse-authentication.ts'

const KEY = '0d6b0f2a9c814e7f8a53c1b2d4e6f708'
const NONE = { sentryAuth: null, authorization: null, query: '' }

describe('parseAuthentication', () => {
  it('reads X-Sentry-Auth in any case, with blanks and unknown pairs', () => {
    const sentryAuth = `SENTRY  sentry_version=7,  sentry_key=${KEY} , sentry_client=a/1, x, y=z`
    expect(parseAuthentication({ ...NONE, sentryAuth })).toEqual({
      ok: true,
      value: { publicKey: KEY, client: 'a/1' },
    })
  })

  it('reads Authorization: Sentry and Basic', () => {
    const sentry = parseAuthentication({ ...NONE, authorization: `Sentry sentry_key=${KEY}` })
    const basic = parseAuthentication({ ...NONE, authorization: `Basic ${btoa(`${KEY}:`)}` })
    expect(sentry.ok && sentry.value.publicKey).toBe(KEY)
    expect(basic.ok && basic.value.publicKey).toBe(KEY)
  })

  it('reads the query string and drops suffix flags of the key', () => {
    const query = `sentry_version=7&sentry_key=${KEY}.no-cache&sentry_client=sentry.javascript.browser%2F10.63.0`
    expect(parseAuthentication({ ...NONE, query })).toEqual({
      ok: true,
      value: { publicKey: KEY, client: 'sentry.javascript.browser/10.63.0' },
    })
  })

  it('refuses two authentications, even equal ones', () => {
    const both = { ...NONE, sentryAuth: `Sentry sentry_key=${KEY}`, query: `sentry_key=${KEY}` }
    expect(parseAuthentication(both)).toEqual({ ok: false, error: { reason: 'multiple' } })
  })

  it('refuses a query that speaks of sentry_ but names no key', () => {
    expect(parseAuthentication({ ...NONE, query: 'sentry_release=1' })).toEqual({
      ok: false,
      error: { reason: 'malformed' },
    })
  })

  it('refuses protocol versions above 8 and unreadable ones', () => {
    const of = (version: string) =>
      parseAuthentication({
        ...NONE,
        sentryAuth: `Sentry sentry_version=${version}, sentry_key=${KEY}`,
      })
    expect(of('9')).toEqual({ ok: false, error: { reason: 'version_unsupported', version: '9' } })
    expect(of('seven')).toEqual({ ok: false, error: { reason: 'malformed' } })
    expect(of('2.0').ok).toBe(true)
  })

  it('gotcha 1: ignores an empty header, and Bearer and undecodable Basic with it', () => {
    for (const authorization of ['Bearer x', 'Basic %%%']) {
      expect(parseAuthentication({ ...NONE, sentryAuth: '', authorization })).toEqual({
        ok: false,
        error: { reason: 'missing' },
      })
    }
  })

  it('gotcha 19: takes the user of Basic for the key, whatever the password', () => {
    const authorization = `Basic ${btoa(`${KEY}:secret`)}`
    expect(parseAuthentication({ ...NONE, authorization })).toMatchObject({
      value: { publicKey: KEY },
    })
  })

  it('gotcha 42: takes a key alone, under a scheme in lower case', () => {
    const sentryAuth = `sentry sentry_key=${KEY}`
    expect(parseAuthentication({ ...NONE, sentryAuth })).toMatchObject({
      value: { publicKey: KEY },
    })
  })
})
