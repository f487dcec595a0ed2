import { describe, expect, it } from 'vitest'

import { formatDsn, parseDsn } from './parse-dsn.ts'

describe('parseDsn', () => {
  it('reads what formatDsn makes', () => {
    const dsn = formatDsn('http://localhost:8787', 'ab12', 1_000_000_001)
    expect(dsn).toBe('http://ab12@localhost:8787/1000000001')
    expect(parseDsn(dsn)).toEqual({ publicKey: 'ab12', projectId: 1_000_000_001 })
  })

  it('reads the old form with a secret, and a path before the project', () => {
    expect(parseDsn('https://ab12:cd34@example.org:9000/sentry/42')).toEqual({
      publicKey: 'ab12',
      projectId: 42,
    })
  })

  it('refuses what is no DSN', () => {
    const bad = [
      '',
      'ab12@host/1',
      'https://host/1',
      'https://ab12@host/',
      'https://ab12@host/shop',
      7,
      null,
    ]
    expect(bad.map(parseDsn)).toEqual(bad.map(() => null))
  })
})
