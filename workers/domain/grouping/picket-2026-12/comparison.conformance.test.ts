import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { type GroupedEvent, groupEvent } from '../group-event.ts'
import type { GroupingConfigId } from '../grouping-config.ts'

const SHARED = path.resolve(import.meta.dirname, '../../../../../shared/conformance')
const FOLDERS = ['events/bugsink', 'events/glitchtip', 'events/sentry', 'grouping/inputs']

interface Recorded {
  name: string
  hashes: GroupedEvent['hashes']
  isFallback: boolean
}

function groupAll(id: GroupingConfigId): Recorded[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(path.join(SHARED, folder)).map((file) => {
      const raw = JSON.parse(readFileSync(path.join(SHARED, folder, file), 'utf8'))
      const enhancements: string = raw._grouping?.enhancements ?? ''
      const event = normalizeEvent(raw, { eventId: 'a'.repeat(32), now: 1_700_000_000_000 })
      const { hashes, variants } = groupEvent(event, { id, enhancements, fingerprinting: '' })
      const isFallback = variants.some(({ key }) => key === 'fallback')
      return { name: `${folder}/${file}`, hashes, isFallback }
    }),
  )
}

/** Pairs of events that share an issue, as the names of both. */
function pairs(
  recorded: Recorded[],
  isWanted: (event: Recorded) => boolean = () => true,
): string[] {
  return recorded.flatMap((one, index) =>
    recorded
      .slice(index + 1)
      .filter((other) => isWanted(one) && one.hashes.some((hash) => other.hashes.includes(hash)))
      .map((other) => `${one.name} ${other.name}`),
  )
}

if (!existsSync(SHARED)) {
  it.todo('recorded events: skipped, ../shared/conformance is not beside the checkout')
} else {
  describe('on recorded events', () => {
    const sentry = groupAll('newstyle:2026-01-20')
    const picket = groupAll('picket:2026-12')

    it('ours joins nothing that Sentry’s newest config keeps apart', () => {
      const known = new Set(pairs(sentry))
      expect(pairs(picket).filter((pair) => !known.has(pair))).toEqual([])
    })

    it('ours splits nothing but the bucket of what cannot be grouped', () => {
      const kept = new Set(pairs(picket))
      expect(
        pairs(sentry, ({ isFallback }) => !isFallback).filter((pair) => !kept.has(pair)),
      ).toEqual([])
    })

    it('ours leaves no such bucket', () => {
      expect(sentry.filter(({ isFallback }) => isFallback)).toHaveLength(7)
      expect(picket.filter(({ isFallback }) => isFallback)).toEqual([])
    })
  })
}
