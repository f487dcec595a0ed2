import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import type { Ledger } from '#contract/ledger.ts'
import { missingParts, type RawEvent } from './kept-parts.ts'
import { accepted, findEvent, lost, readIssue, settledLedger } from './picket.ts'
import { type Answer, eventEnvelope, newEventId, postEnvelope, postStore } from './send.ts'

/** Real-world payloads of public test suites, beside the checkout. */
const FOLDER = path.resolve(import.meta.dirname, '../../../shared/conformance/events')

interface Sent {
  file: string
  raw: RawEvent
  eventId: string
  answer: Answer
}

const isPresent = existsSync(FOLDER)
if (!isPresent) console.warn(`Skipped, because the sample events are not at ${FOLDER}.`)

describe.skipIf(!isPresent)('events other people’s SDKs have sent', () => {
  const byStore: Sent[] = []
  const byEnvelope: Sent[] = []
  let before: Ledger
  let after: Ledger

  beforeAll(async () => {
    before = await settledLedger()
    for (const { file, body, raw } of isPresent ? readSamples() : []) {
      const eventId = String(raw['event_id']).replaceAll('-', '')
      const answer = await postStore(body)
      byStore.push({ file, raw, eventId, answer })
      const again = { ...raw, event_id: newEventId() }
      const sent = await postEnvelope(eventEnvelope(again))
      byEnvelope.push({ file, raw, eventId: again.event_id, answer: sent })
    }
    after = await settledLedger()
  })

  it('are answered 200 with their id, in both forms', () => {
    expect(byStore.length).toBeGreaterThan(90)
    for (const { file, eventId, answer } of [...byStore, ...byEnvelope]) {
      expect([file, answer.status, answer.json]).toEqual([file, 200, { id: eventId }])
    }
  })

  it('are stored with every interface, or named in the ledger', async () => {
    const missing: string[] = []
    const stored = new Set<string>()
    for (const { file, raw, eventId } of [...byStore, ...byEnvelope]) {
      const event = await findEvent(eventId)
      if (!event) continue
      // An id sent twice is a duplicate: its event is the first one's, so its parts may differ.
      const isSecond = stored.has(eventId)
      stored.add(eventId)
      if (!isSecond) missing.push(...missingParts(raw, event).map((part) => `${file}: ${part}`))
    }
    expect(missing).toEqual([])
    const sent = byStore.length + byEnvelope.length
    expect(accepted(after, 'error') - accepted(before, 'error')).toBe(stored.size)
    expect(lost(after, 'invalid', 'error') - lost(before, 'invalid', 'error')).toBe(
      sent - stored.size,
    )
    expect(after.difference).toBe(0)
  })

  it('each have an issue that says the same', async () => {
    for (const { file, eventId } of byEnvelope) {
      const event = await findEvent(eventId)
      const issue = await readIssue(event!.groupID!)
      expect([file, issue.project.slug, typeof issue.title]).toEqual([file, 'shop', 'string'])
      expect(issue.title).not.toBe('')
      expect(Number(issue.count)).toBeGreaterThanOrEqual(1)
    }
  })

  it('would be told apart from events that lost a part', async () => {
    const { raw, eventId } = byEnvelope.find(({ file }) => file.includes('visualshots-rich'))!
    const event = (await findEvent(eventId))!
    const withoutRequest = event.entries.filter(({ type }) => type !== 'request')
    expect(missingParts(raw, { ...event, entries: withoutRequest })).toEqual(['request'])
    expect(missingParts(raw, { ...event, user: null })).toHaveLength(4)
    expect(missingParts(raw, { ...event, tags: [] }).length).toBeGreaterThan(3)
  })
})

function readSamples(): { file: string; body: string; raw: RawEvent }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const body = readFileSync(path.join(FOLDER, file), 'utf8')
      return { file, body, raw: JSON.parse(body) as RawEvent }
    })
}
