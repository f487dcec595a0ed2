import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import type { PicketEvent } from '#domain/event/event.ts'
import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { type FingerprintRule, printFingerprintRule } from './fingerprint/rule.ts'
import { groupEvent } from './group-event.ts'
import type { GroupingConfig, GroupingConfigId } from './grouping-config.ts'

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/conformance/grouping')

type Json = Record<string, unknown>

interface ExpectedVariant {
  hash: string | null
  contributes: boolean
  fingerprint_values?: string[]
}

interface Expected {
  config: GroupingConfigId
  source: string
  variants: Record<string, ExpectedVariant>
}

interface ExpectedFingerprint {
  config: GroupingConfigId
  fingerprint: string[]
  resolved_values: string[]
  title: string
  matched_rule: string
  derived_hash: string
}

if (!existsSync(FOLDER)) {
  it.todo('grouping cases: skipped, ../shared/conformance is not beside the checkout')
} else {
  const expected = read<Record<string, Expected>>('expected.json')
  const derived = read<Record<string, Record<string, string | null>>>('derived-2026-01-20.json')
  const fingerprints = read<Record<string, ExpectedFingerprint>>('fingerprinting/expected.json')

  describe('groups by the hashes of Sentry', () => {
    it.each(Object.keys(expected))('%s', (name) => {
      const { config, variants } = expected[name]!
      const input = read<Json>(`inputs/${name}.json`)
      expect(hashesByKey(input, config)).toEqual(hashesOf(variants))
    })

    it.each(Object.keys(derived))('%s, under the newest config', (name) => {
      const input = read<Json>(`inputs/${name}.json`)
      expect(hashesByKey(input, 'newstyle:2026-01-20')).toEqual(withoutNulls(derived[name]!))
    })

    it('has an input for each expectation', () => {
      const names = readdirSync(path.join(FOLDER, 'inputs')).map((file) => file.slice(0, -5))
      expect(names.toSorted()).toEqual(Object.keys(expected).toSorted())
    })
  })

  describe('resolves fingerprints as Sentry does', () => {
    it.each(Object.keys(fingerprints))('%s', (name) => {
      const { config, fingerprint, resolved_values, title, matched_rule, derived_hash } =
        fingerprints[name]!
      const input = read<Json>(`fingerprinting/inputs/${name}.json`)
      const grouped = group(input, config)
      expect(grouped.fingerprint.values).toEqual(fingerprint)
      expect(grouped.fingerprint.resolved).toEqual(resolved_values)
      expect(grouped.fingerprint.matched?.text).toBe(matched_rule)
      expect(grouped.hashes[0]).toBe(derived_hash)
      if (matched_rule.includes('title=')) expect(grouped.title).toBe(title)
      else expect(grouped.title).toBeNull()
    })
  })
}

function group(input: Json, id: GroupingConfigId) {
  return groupEvent(normalized(input), configOf(input, id))
}

function hashesByKey(input: Json, id: GroupingConfigId): Record<string, string> {
  const { variants } = group(input, id)
  return withoutNulls(Object.fromEntries(variants.map(({ key, hash }) => [key, hash])))
}

function hashesOf(variants: Record<string, ExpectedVariant>): Record<string, string> {
  return withoutNulls(
    Object.fromEntries(Object.entries(variants).map(([key, { hash }]) => [key, hash])),
  )
}

function withoutNulls(hashes: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(hashes).flatMap(([key, hash]) => (hash ? [[key, hash]] : [])),
  )
}

/** A test's own rules stand in its input, those for fingerprints parsed already. */
function configOf(input: Json, id: GroupingConfigId): GroupingConfig {
  const { enhancements = '' } = (input['_grouping'] ?? {}) as { enhancements?: string }
  const parsed = (input['_fingerprinting_rules'] ?? []) as {
    matchers: [string, string][]
    fingerprint: string[]
    attributes?: { title?: string }
  }[]
  const rules = parsed.map(({ matchers, fingerprint, attributes }) =>
    printFingerprintRule({
      matchers: matchers.map(([key, pattern]) => ({
        key: key.replace(/^!/, '') as FingerprintRule['matchers'][number]['key'],
        pattern,
        isNegated: key.startsWith('!'),
      })),
      fingerprint,
      title: attributes?.title ?? null,
    }),
  )
  return { id, enhancements, fingerprinting: rules.join('\n') }
}

function normalized(input: Json): PicketEvent {
  return normalizeEvent(input, { eventId: 'a'.repeat(32), now: 0 })
}

function read<Content>(file: string): Content {
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Content
}
