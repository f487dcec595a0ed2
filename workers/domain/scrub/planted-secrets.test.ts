import { describe, expect, it } from 'vitest'

import {
  HARMLESS_FIELDS,
  HARMLESS_SENTENCES,
  HARMLESS_TEXTS,
} from '../../../tests/fixture/harmless-texts.ts'
import { needlesOf } from '../../../tests/fixture/plant.ts'
import { PLANTED_SECRETS } from '../../../tests/fixture/planted-secrets.ts'
import { normalizeEvent } from '../event/normalize-event.ts'
import { scrubEvent, scrubEventWithHits } from './scrub-event.ts'
import { DEFAULT_SCRUBBING } from './scrubbing.ts'

const CONTEXT = { eventId: 'a'.repeat(32), now: 1_700_000_100_000 }

describe('planted secrets', () => {
  it('are at least sixty, no two alike in name', () => {
    expect(PLANTED_SECRETS.length).toBeGreaterThanOrEqual(60)
    expect(new Set(PLANTED_SECRETS.map(({ name }) => name)).size).toBe(PLANTED_SECRETS.length)
  })

  it.each(PLANTED_SECRETS)('are gone: $name', ({ secret, payload }) => {
    const scrubbed = JSON.stringify(scrubEvent(normalizeEvent(payload, CONTEXT), DEFAULT_SCRUBBING))
    expect(needlesOf(secret).filter((needle) => scrubbed.includes(needle))).toEqual([])
  })

  it.each(PLANTED_SECRETS)('are gone though not normalized: $name', ({ secret, payload }) => {
    const event = {
      event_id: '',
      timestamp: 1,
      received: 1,
      type: 'error',
      level: 'error' as const,
      platform: 'other',
    }
    const scrubbed = JSON.stringify(scrubEvent({ ...event, ...payload }, DEFAULT_SCRUBBING))
    expect(needlesOf(secret).filter((needle) => scrubbed.includes(needle))).toEqual([])
  })

  it('would be found if nothing were scrubbed', () => {
    const found = PLANTED_SECRETS.filter(({ secret, payload }) => {
      const stored = JSON.stringify(normalizeEvent(payload, CONTEXT))
      return needlesOf(secret).some((needle) => stored.includes(needle))
    })
    expect(found.length).toBeGreaterThan(PLANTED_SECRETS.length * 0.95)
  })
})

describe('harmless look-alikes', () => {
  it('are at least forty', () => {
    expect(HARMLESS_TEXTS.length + HARMLESS_SENTENCES.length).toBeGreaterThanOrEqual(40)
  })

  it.each(HARMLESS_TEXTS)('survive everywhere: $name', ({ text }) => {
    const hits = hitsIn(text, { ...messagesWith(text), ...dataWith(text) })
    expect(hits).toEqual([])
  })

  it.each(HARMLESS_SENTENCES)('survive in messages: $name', ({ text }) => {
    expect(hitsIn(text, messagesWith(text))).toEqual([])
  })

  it.each(Object.entries(HARMLESS_FIELDS))('survive as a field: %s', (key, value) => {
    const fields = { [key]: value }
    const payload = {
      extra: fields,
      contexts: { biz: { type: 'biz', ...fields }, device: fields },
      ...withFrame({ vars: fields }),
    }
    expect(hitsIn(String(value), payload)).toEqual([])
  })
})

/** What scrubbing changed, having made sure that the text was there. */
function hitsIn(text: string, payload: Record<string, unknown>): string[] {
  const event = normalizeEvent(payload, CONTEXT)
  expect(JSON.stringify(event)).toContain(JSON.stringify(text).slice(1, -1))
  const { event: scrubbed, hits } = scrubEventWithHits(event, DEFAULT_SCRUBBING)
  if (hits.length === 0) expect(scrubbed).toEqual(event)
  return hits.map(({ path, ruleId }) => `${path}: ${ruleId}`)
}

function withFrame(frame: Record<string, unknown>): Record<string, unknown> {
  return {
    stacktrace: { frames: [{ function: 'f', filename: 'a.py', lineno: 1, ...frame }] },
  }
}

/** Sentences for people to read. */
function messagesWith(text: string): Record<string, unknown> {
  const hasEmail = /@\w+\.com/.test(text)
  return {
    ...(!hasEmail && { logentry: { formatted: text } }),
    exception: { values: [{ type: 'Error', value: text }] },
    spans: [
      {
        trace_id: 'a'.repeat(32),
        span_id: 'c'.repeat(16),
        start_timestamp: 1_700_000_000,
        timestamp: 1_700_000_001,
        description: text,
      },
    ],
  }
}

/** Values for programs to read, and source. */
function dataWith(text: string): Record<string, unknown> {
  return {
    extra: { note: text, list: [text], deep: { inner: text } },
    breadcrumbs: { values: [{ timestamp: 1_700_000_000, message: text, data: { note: text } }] },
    tags: { note: text.replaceAll('\n', ' ') },
    contexts: { biz: { type: 'biz', note: text }, device: { note: text } },
    request: { url: 'https://x.example/', data: { note: text }, headers: { 'X-Note': text } },
    ...withFrame({ vars: { note: text }, context_line: text }),
  }
}
