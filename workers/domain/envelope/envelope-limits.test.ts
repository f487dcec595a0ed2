import { describe, expect, it } from 'vitest'

import { checkEnvelopeLimits, ELEMENT_BYTES_MAX } from './envelope-limits.ts'
import type { EnvelopeItem } from './parse-envelope.ts'

const MIB = 1024 * 1024

const item = (type: string, bytes = 1, header: Record<string, unknown> = {}): EnvelopeItem => ({
  type,
  header: { type, ...header },
  payload: new Uint8Array(bytes),
})

const refusal = (items: EnvelopeItem[]): unknown => {
  const limits = checkEnvelopeLimits(items)
  return limits.ok ? null : limits.error
}

const LOGS = { content_type: 'application/vnd.sentry.items.log+json' }
const SPANS = { content_type: 'application/vnd.sentry.items.span.v2+json' }

describe('the limits of an envelope', () => {
  it('lets one event of exactly its size pass, and refuses a byte more', () => {
    expect(refusal([item('event', MIB)])).toBeNull()
    expect(refusal([item('event', MIB + 1)])).toEqual({
      reason: 'too_large',
      what: 'event',
      limit: 'item_bytes',
      max: MIB,
      got: MIB + 1,
    })
  })

  it('refuses two kinds that share a bucket of one', () => {
    expect(refusal([item('event'), item('transaction')])).toMatchObject({
      what: 'transaction',
      limit: 'items',
      max: 1,
      got: 2,
    })
    expect(refusal([item('event'), item('replay_recording')])).toBeNull()
  })

  it('adds up the bytes of a bucket', () => {
    const sessions = [item('session', 6 * MIB), item('sessions', 4 * MIB)]
    expect(refusal(sessions)).toBeNull()
    expect(refusal([...sessions, item('session', 1)])).toMatchObject({
      what: 'session',
      limit: 'bytes',
      got: 10 * MIB + 1,
    })
  })

  it('lets thirty attachments pass and names the type of the thirty-first', () => {
    const thirty = Array.from({ length: 30 }, () => item('attachment'))
    expect(refusal(thirty)).toBeNull()
    const dump = item('attachment', 1, { attachment_type: 'event.minidump' })
    expect(refusal([...thirty, dump])).toMatchObject({ what: 'attachment:minidump' })
    expect(refusal([...thirty, item('user_report')])).toMatchObject({ what: 'user_report' })
  })

  it('calls feedback by the name Relay gives its loss', () => {
    expect(refusal([item('event'), item('feedback')])).toMatchObject({ what: 'user_report_v2' })
  })

  it('gotcha 34: refuses a second log container by count', () => {
    const logs = item('log', 10, { ...LOGS, item_count: 1 })
    expect(refusal([logs])).toBeNull()
    expect(refusal([logs, logs])).toMatchObject({ what: 'log', limit: 'items' })
  })

  it('judges a container by its average element, and by its sum', () => {
    const bytes = 2 * ELEMENT_BYTES_MAX.log + 2
    expect(refusal([item('log', bytes, { ...LOGS, item_count: 3 })])).toBeNull()
    expect(refusal([item('log', bytes, { ...LOGS, item_count: 2 })])).toMatchObject({
      limit: 'item_bytes',
    })
    expect(refusal([item('log', 12 * MIB + 1, { ...LOGS, item_count: 99 })])).toMatchObject({
      limit: 'bytes',
    })
  })

  it('counts plain spans to twenty-five and span containers to one', () => {
    const spans = Array.from({ length: 25 }, () => item('span'))
    const container = item('span', 9, { ...SPANS, item_count: 2 })
    expect(refusal([...spans, container])).toBeNull()
    expect(refusal([...spans, item('span')])).toMatchObject({ what: 'span', max: 25 })
    expect(refusal([container, container])).toMatchObject({ what: 'span', max: 1 })
  })

  it('refuses what only relays may send, and passes over kinds nobody knows', () => {
    expect(refusal([item('integration')])).toEqual({ reason: 'internal_item' })
    expect(refusal(Array.from({ length: 200 }, () => item('otel_span')))).toBeNull()
  })
})
