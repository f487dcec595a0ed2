/**
 * Real events of many SDKs. Each keeps all it came with, and is called and tagged as stands in
 * `normalize-event.samples.txt`, which was read line by line and is what we would defend.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { parseUserAgent } from '#platform/user-agent.ts'
import { applyFrameChanges } from '../grouping/apply-frame-changes.ts'
import { groupEvent } from '../grouping/group-event.ts'
import { DEFAULT_GROUPING_CONFIG } from '../grouping/grouping-config.ts'
import { describeEvent } from './describe-event.ts'
import type { PicketEvent, Values } from './event.ts'
import { eventTags } from './event-tags.ts'
import { normalizeEvent } from './normalize-event.ts'
import { rejectEvent } from './reject-event.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/conformance/events')
const SAMPLES = path.join(import.meta.dirname, 'normalize-event.samples.txt')

type Raw = Record<string, unknown>

/** Old names of interfaces, and `message`, which is one under another name. */
const RENAMED: Record<string, string> = { message: 'logentry' }
/** Fields that become tags, and what was noted about the sent event. */
const MOVED = new Set(['server_name', 'site', '_meta'])

if (!existsSync(FOLDER)) {
  it.todo('sample events: skipped, ../shared/conformance is not beside the checkout')
} else {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
  const events = files.map((name) => {
    const raw = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Raw
    return { name, raw, event: normalize(raw) }
  })

  describe('sample events', () => {
    it('are there', () => {
      expect(events.length).toBeGreaterThanOrEqual(97)
    })

    it.each(events)('$name keeps all it came with', ({ raw, event }) => {
      expect(rejectEvent(event)).toBeNull()
      expect(lostFields(raw, event)).toEqual([])
      expect(eventTags(event).map(([key]) => key)).toEqual(expect.arrayContaining(sentTagKeys(raw)))
      expect(countsOf(event)).toEqual(countsOf(raw as unknown as PicketEvent))
    })

    it.each(events)('$name is the same when it is normalized again', ({ event }) => {
      expect(normalize(event)).toEqual(event)
    })

    it('are called and tagged as we would defend', async () => {
      await expect(
        events.map(({ name, event }) => tell(name, event)).join('\n'),
      ).toMatchFileSnapshot(SAMPLES)
    })
  })
}

function normalize(raw: Raw): PicketEvent {
  const now = Date.UTC(2026, 10, 25)
  const event = normalizeEvent(raw, { eventId: 'a'.repeat(32), now, parseUserAgent })
  return JSON.parse(JSON.stringify(event)) as PicketEvent
}

/** Fields that were sent with something in them and are gone or empty. */
function lostFields(raw: Raw, event: PicketEvent): string[] {
  return Object.entries(raw)
    .filter(([field, value]) => isFilled(value) && !MOVED.has(field) && field !== 'tags')
    .map(([field]) => RENAMED[field] ?? field)
    .filter((field) => !isFilled(event[field]))
}

function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  if (typeof value !== 'object') return true
  const keys = Object.keys(value)
  return keys.length === 1 && keys[0] === 'values'
    ? isFilled((value as { values: unknown }).values)
    : keys.length > 0
}

function sentTagKeys({ tags }: Raw): string[] {
  if (Array.isArray(tags)) return tags.map(([key]) => key as string)
  return Object.keys(tags ?? {})
}

/** How much of everything there is, in a form that is the same for all legacy forms. */
function countsOf({ exception, threads, breadcrumbs, modules, extra, debug_meta }: PicketEvent) {
  return {
    frames: list(exception).map((value) => value?.stacktrace?.frames?.length ?? 0),
    threads: list(threads).map((value) => value?.stacktrace?.frames?.length ?? 0),
    breadcrumbs: list(breadcrumbs).length,
    modules: Object.keys(modules ?? {}),
    extra: Object.keys(extra ?? {}),
    images: debug_meta?.images?.length ?? 0,
  }
}

/** The values of a list, whichever form it was sent in. */
function list<Value>(sent: Values<Value> | null | undefined): (Value | null)[] {
  return Array.isArray(sent) ? sent : (sent?.values ?? [])
}

/** One event in a few lines that people can read; frames and names as its issue has them. */
function tell(name: string, event: PicketEvent): string {
  const { frames, mainExceptionId } = groupEvent(event, DEFAULT_GROUPING_CONFIG)
  const view = applyFrameChanges(event, frames)
  const { title, culprit, location, type, level, isUnhandled } = describeEvent(
    view,
    mainExceptionId,
  )
  const tags = eventTags(event).map(([key, value]) => `${key}=${value}`)
  const errors = (event.errors ?? [])
    .filter((error) => error.type !== 'past_timestamp')
    .map((error) => `${error.type} ${error.name}`)
  return [
    `${name}: ${type} ${level}${isUnhandled ? ' unhandled' : ''} on ${event.platform}`,
    `  ${title}`,
    `  ${culprit || '-'} | ${location ?? '-'}`,
    `  ${tags.join(' · ')}`,
    ...errors.map((error) => `  ! ${error}`),
    '',
  ].join('\n')
}
