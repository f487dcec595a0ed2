import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import type { Event } from '#contract/event.ts'
import type { Ledger } from '#contract/ledger.ts'
import { inTurns } from './in-turns.ts'
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
  let byStore: Sent[] = []
  let byEnvelope: Sent[] = []
  const stored = new Map<string, Event>()
  let before: Ledger
  let after: Ledger

  beforeAll(async () => {
    const samples = readSamples()
    before = await settledLedger()
    byStore = await inTurns(samples, async ({ file, body, raw }) => {
      const eventId = String(raw['event_id']).replaceAll('-', '')
      return { file, raw, eventId, answer: await postStore(body) }
    })
    byEnvelope = await inTurns(samples, async ({ file, raw }) => {
      const eventId = newEventId()
      const answer = await postEnvelope(eventEnvelope({ ...raw, event_id: eventId }))
      return { file, raw, eventId, answer }
    })
    after = await settledLedger()
    await inTurns([...byStore, ...byEnvelope], async ({ eventId }) => {
      const event = await findEvent(eventId)
      if (event) stored.set(eventId, event)
    })
  })

  it('are answered 200 with their id, in both forms', () => {
    expect(byStore.length).toBeGreaterThan(90)
    for (const { file, eventId, answer } of [...byStore, ...byEnvelope]) {
      expect([file, answer.status, answer.json]).toEqual([file, 200, { id: eventId }])
    }
  })

  it('are stored with every interface', () => {
    // A few files share an id: of those, one is stored under it, and we cannot know which.
    const ids = byStore.map(({ eventId }) => eventId)
    const unique = byStore.filter(
      ({ eventId }) => ids.indexOf(eventId) === ids.lastIndexOf(eventId),
    )
    expect(unique.length).toBeGreaterThan(80)
    const missing = [...unique, ...byEnvelope].flatMap(({ file, raw, eventId }) => {
      const event = stored.get(eventId)
      return (event ? missingParts(raw, event) : ['all of it']).map((part) => `${file}: ${part}`)
    })
    expect(missing).toEqual([])
  })

  it('are accepted once each; an id that comes again is named in the ledger', () => {
    const sent = byStore.length + byEnvelope.length
    expect(accepted(after, 'error') - accepted(before, 'error')).toBe(stored.size)
    const named = lost(after, 'invalid', 'error') - lost(before, 'invalid', 'error')
    expect(named).toBe(sent - stored.size)
    expect(after.difference).toBe(0)
  })

  it('each have an issue that is called as one of its events', async () => {
    const byIssue = Map.groupBy(stored.values(), ({ groupID }) => groupID!)
    await inTurns([...byIssue], async ([issueId, events]) => {
      const issue = await readIssue(issueId)
      expect(events.map(({ title }) => title)).toContain(issue.title)
      expect(events.map(({ culprit }) => culprit)).toContain(issue.culprit)
      expect(Number(issue.count)).toBeGreaterThanOrEqual(events.length)
    })
  })

  it('would be told apart from events that lost a part', () => {
    const { raw, eventId } = byEnvelope.find(({ file }) => file.includes('visualshots-rich'))!
    const event = stored.get(eventId)!
    const withoutRequest = event.entries.filter(({ type }) => type !== 'request')
    expect(missingParts(raw, { ...event, entries: withoutRequest })).toEqual(['request'])
    expect(missingParts(raw, { ...event, user: null })).toHaveLength(4)
    expect(missingParts(raw, { ...event, tags: [] }).length).toBeGreaterThan(3)
  })
})

function readSamples(): { file: string; body: string; raw: RawEvent }[] {
  if (!isPresent) return []
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const body = readFileSync(path.join(FOLDER, file), 'utf8')
      return { file, body, raw: JSON.parse(body) as RawEvent }
    })
}
