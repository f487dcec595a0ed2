import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { normalizeCrontab } from './crontab.ts'
import { parseMonitorConfig } from './monitor-config.ts'
import {
  type CheckIn,
  continuedCheckIn,
  NIL_CHECK_IN_ID,
  parseCheckIn,
  parseCronRequest,
} from './parse-check-in.ts'

const ID = 'a460c25ff2554577b920fcfacae4e5eb'
const CONFIG = {
  schedule: { type: 'crontab', value: '0 3 * * *' },
  checkin_margin: 5,
  max_runtime: 30,
  timezone: 'Europe/Lisbon',
  failure_issue_threshold: 2,
  recovery_threshold: 3,
  owner: 'team:ops',
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const read = (fields: Record<string, unknown>): CheckIn | string => {
  const raw = { check_in_id: ID, monitor_slug: 'nightly', status: 'ok', ...fields }
  const checkIn = parseCheckIn(bytes(raw))
  return checkIn.ok ? checkIn.value : checkIn.error
}
const cron = (query: string, body: unknown = null, slug = 'nightly'): CheckIn | string => {
  const checkIn = parseCronRequest({
    slug,
    query: new URLSearchParams(query),
    contentType: body === null ? null : 'application/json; charset=utf-8',
    body: bytes(body),
  })
  return checkIn.ok ? checkIn.value : checkIn.error
}
const configError = (fields: Record<string, unknown>): unknown => {
  const config = parseMonitorConfig({ ...CONFIG, ...fields })
  return config.ok ? null : config.error.reason
}

describe('a check-in item', () => {
  it('is read whole', () => {
    const fields = {
      status: 'in_progress',
      duration: 12.5,
      environment: 'staging',
      release: '1.0',
      monitor_config: CONFIG,
      contexts: { trace: { trace_id: ID.toUpperCase() } },
    }
    expect(read(fields)).toEqual({
      checkInId: ID,
      slug: 'nightly',
      status: 'in_progress',
      environment: 'staging',
      durationMs: 12_500,
      release: '1.0',
      traceId: ID,
      configError: null,
      config: {
        schedule: CONFIG.schedule,
        checkInMargin: 5,
        maxRuntime: 30,
        timezone: 'Europe/Lisbon',
        failureIssueThreshold: 2,
        recoveryThreshold: 3,
        owner: 'team:ops',
      },
    })
  })

  it('may not say `missed`, nor a status nobody knows', () => {
    expect(read({ status: 'missed' })).toMatchObject({ status: 'unknown' })
    expect(read({ status: 'splendid' })).toMatchObject({ status: 'unknown' })
    expect(read({ status: undefined })).toBe('invalid_check_in')
  })

  it('has its slug cut to fifty characters, whole ones, and needs one', () => {
    expect(read({ monitor_slug: '🦀'.repeat(60) })).toMatchObject({ slug: '🦀'.repeat(50) })
    expect(read({ monitor_slug: 'x'.repeat(51) })).toMatchObject({ slug: 'x'.repeat(50) })
    for (const monitor_slug of ['', '  ', 7, undefined]) {
      expect(read({ monitor_slug })).toBe('invalid_check_in')
    }
  })

  it('counts though its configuration does not, and says what is wrong with that', () => {
    const monitor_config = { ...CONFIG, timezone: 'Mars/Olympus' }
    expect(read({ monitor_config })).toMatchObject({ config: null, configError: 'timezone' })
    expect(read({ monitor_config: 'daily' })).toMatchObject({ configError: 'not_an_object' })
  })

  it('is refused with an id or a duration that is none', () => {
    expect(read({ check_in_id: 'first' })).toBe('invalid_check_in')
    expect(read({ duration: -1 })).toBe('invalid_check_in')
    expect(read({ duration: '12' })).toBe('invalid_check_in')
    expect(parseCheckIn(new TextEncoder().encode('{'))).toEqual({
      ok: false,
      error: 'invalid_json',
    })
  })

  it('runs in production when it names no environment that may be', () => {
    expect(read({})).toMatchObject({ environment: 'production' })
    expect(read({ environment: 'none' })).toMatchObject({ environment: 'production' })
  })
})

describe('a cron URL', () => {
  it('says in its query what an item says', () => {
    expect(cron(`status=error&check_in_id=${ID}&environment=staging&duration=2.5`)).toMatchObject({
      checkInId: ID,
      slug: 'nightly',
      status: 'error',
      environment: 'staging',
      durationMs: 2_500,
    })
    expect(cron('environment=staging')).toBe('invalid_check_in')
    expect(cron('status=ok&duration=soon')).toBe('invalid_check_in')
    expect(cron('status=ok&duration=')).toMatchObject({ durationMs: null })
  })

  it('gotcha 18: without an id means the latest in progress, else a new one', () => {
    expect(cron('status=ok')).toMatchObject({ checkInId: NIL_CHECK_IN_ID })
    const open = [
      { checkInId: 'a', startedAt: 1 },
      { checkInId: 'b', startedAt: 3 },
      { checkInId: 'c', startedAt: 2 },
    ]
    expect(continuedCheckIn(NIL_CHECK_IN_ID, open)).toBe(open[1])
    expect(continuedCheckIn(NIL_CHECK_IN_ID, [])).toBeNull()
    expect(continuedCheckIn('c', open)).toBe(open[2])
    expect(continuedCheckIn('d', open)).toBeNull()
  })

  it('gotcha 20: as JSON may omit id and slug, and counts whole seconds', () => {
    expect(cron('', { status: 'ok', duration: 3 })).toMatchObject({
      checkInId: NIL_CHECK_IN_ID,
      slug: 'nightly',
      durationMs: 3_000,
    })
    expect(cron('', { status: 'ok', monitor_slug: 'other' })).toMatchObject({ slug: 'nightly' })
    expect(cron('status=ok', ['status'])).toBe('invalid_json')
  })
})

describe('a monitor configuration', () => {
  it('needs a schedule, and of each other field what it is', () => {
    expect(configError({})).toBeNull()
    expect(configError({ schedule: undefined })).toBe('schedule')
    expect(configError({ schedule: { type: 'interval', value: 2, unit: 'hour' } })).toBeNull()
    expect(configError({ schedule: { type: 'interval', value: 0, unit: 'hour' } })).toBe('schedule')
    expect(configError({ schedule: { type: 'interval', value: 2, unit: 'second' } })).toBe(
      'schedule',
    )
    expect(configError({ checkin_margin: -5 })).toBe('checkin_margin')
    expect(configError({ max_runtime: 1.5 })).toBe('max_runtime')
    expect(configError({ timezone: '../etc' })).toBe('timezone')
    expect(configError({ failure_issue_threshold: 0 })).toBe('failure_issue_threshold')
    expect(configError({ recovery_threshold: 721 })).toBe('recovery_threshold')
    expect(configError({ owner: 'ops' })).toBe('owner')
  })

  it('takes a margin of nothing as the least, and no time zone as UTC', () => {
    expect(parseMonitorConfig({ ...CONFIG, checkin_margin: 0, timezone: '' })).toMatchObject({
      value: { checkInMargin: 1, timezone: null },
    })
  })
})

describe('a crontab', () => {
  it('is written plainly', () => {
    expect(normalizeCrontab('  */5   0-6,22 *  jan-MAR mon ')).toBe('*/5 0-6,22 * jan-MAR mon')
    expect(normalizeCrontab('@daily')).toBe('0 0 * * *')
    expect(normalizeCrontab('0 0 L * 5#2')).toBe('0 0 L * 5#2')
    expect(normalizeCrontab('0 0 29 2 *')).toBe('0 0 29 2 *')
    expect(normalizeCrontab('0 0 31 2 1')).toBe('0 0 31 2 1')
  })

  it('is none with other fields, other values, or a day that never comes', () => {
    for (const text of [
      '',
      '* * * *',
      '* * * * * *',
      '60 * * * *',
      '* 24 * * *',
      '* * 0 * *',
      '* * * 13 *',
      '* * * * 8',
      '*/0 * * * *',
      '5-1 * * * *',
      '1- * * * *',
      'a * * * *',
      '@reboot',
      'constructor',
      '0 0 31 2 *',
      '0 0 31 2,4 *',
      `${'0,'.repeat(500)}0 * * * *`,
    ]) {
      expect(normalizeCrontab(text), text).toBeNull()
    }
  })
})

describe('whatever is sent', () => {
  it('is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.uint8Array(), (value, text, junk) => {
        read({
          check_in_id: value,
          monitor_slug: text,
          status: text,
          monitor_config: value,
          contexts: value,
        })
        read({ monitor_config: { schedule: { type: 'crontab', value: text }, timezone: text } })
        cron(text, value, text)
        expect(parseCheckIn(junk).ok).toBe(false)
      }),
    )
  })
})
