import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { DataCategory, Quantity } from '../data-category.ts'
import { applyLimits, type LimitedItems } from './apply-limits.ts'
import { ITEM_CATEGORY, type ItemKind } from './item-kind.ts'
import { type ItemFacts, itemQuantities, lossQuantities } from './item-quantities.ts'

interface Limit {
  reason: string
}

const item = (kind: ItemKind, bytes = 10, header: Record<string, unknown> = {}): ItemFacts => ({
  kind,
  bytes,
  header,
})
const dump = (bytes = 10): ItemFacts =>
  item('attachment', bytes, { attachment_type: 'event.minidump' })

/** Limits that refuse these categories, each by a limit of its own. */
const limited =
  (...categories: DataCategory[]) =>
  (quantities: Quantity[]): Limit | null => {
    const hit = quantities.find(({ category }) => categories.includes(category))
    return hit ? { reason: `${hit.category}_usage_exceeded` } : null
  }

const kinds = (result: LimitedItems<Limit>): string[] => result.verdicts.map(({ kind }) => kind)
const losses = (result: LimitedItems<Limit>): unknown[] =>
  result.losses.map(({ category, quantity, reason }) => [category, quantity, reason])

describe('limits on a part of an envelope', () => {
  it('admits everything where no quota refuses', () => {
    const result = applyLimits([item('event'), item('attachment')], limited())
    expect(kinds(result)).toEqual(['admitted', 'admitted'])
    expect(result.losses).toEqual([])
    expect(result.advertised).toEqual([])
  })

  it('takes with a limited event all that needs it, under its reason, and leaves the rest', () => {
    const items = [
      item('event'),
      item('attachment', 512),
      item('user_report'),
      item('session'),
      item('client_report'),
    ]
    const result = applyLimits(items, limited('error'))
    expect(kinds(result)).toEqual(['refused', 'refused', 'refused', 'admitted', 'admitted'])
    expect(losses(result)).toEqual([
      ['error', 1, 'error_usage_exceeded'],
      ['attachment', 512, 'error_usage_exceeded'],
      ['attachment_item', 1, 'error_usage_exceeded'],
      ['feedback', 1, 'error_usage_exceeded'],
    ])
  })

  it('gotcha 24: drops every attachment when bytes or pieces are limited, told in both', () => {
    for (const category of ['attachment', 'attachment_item'] as const) {
      const items = [item('event'), item('attachment', 5), item('attachment', 7)]
      const result = applyLimits(items, limited(category))
      expect(kinds(result)).toEqual(['admitted', 'refused', 'refused'])
      expect(losses(result)).toEqual([
        ['attachment', 12, `${category}_usage_exceeded`],
        ['attachment_item', 2, `${category}_usage_exceeded`],
      ])
      expect(result.advertised).toEqual([{ reason: `${category}_usage_exceeded` }])
    }
  })

  it('keeps a dump that is the event, unkept and without telling the client', () => {
    const result = applyLimits([dump(900)], limited('attachment'))
    expect(kinds(result)).toEqual(['admitted_unkept'])
    expect(result.advertised).toEqual([])
    expect(losses(result)).toContainEqual(['attachment', 900, 'attachment_usage_exceeded'])
  })

  it('counts a dump without an event as the error it makes, once', () => {
    const asked: Quantity[][] = []
    applyLimits([dump(), item('event')], (quantities) => {
      asked.push(quantities)
      return null
    })
    expect(asked[0]).toEqual([{ category: 'error', quantity: 1 }])
    const refused = applyLimits([dump()], limited('error'))
    expect(losses(refused)).toContainEqual(['error', 1, 'error_usage_exceeded'])
    expect(kinds(refused)).toEqual(['refused'])
  })

  it('drops logs by their count or their bytes', () => {
    for (const category of ['log_item', 'log_byte'] as const) {
      const result = applyLimits([item('log', 80, { item_count: 4 })], limited(category))
      expect(losses(result).map((loss) => (loss as unknown[]).slice(0, 2))).toEqual([
        ['log_item', 4],
        ['log_byte', 80],
      ])
    }
  })

  it('drops both forms of sessions, and a user report under the feedback limit', () => {
    const items = [item('session'), item('sessions'), item('user_report'), item('check_in')]
    const result = applyLimits(items, limited('session', 'feedback'))
    expect(kinds(result)).toEqual(['refused', 'refused', 'refused', 'admitted'])
  })

  it('asks for no indexed category: those are limited after sampling', () => {
    const result = applyLimits(
      [item('transaction'), item('profile')],
      limited('transaction_indexed', 'profile_indexed'),
    )
    expect(kinds(result)).toEqual(['admitted', 'admitted'])
  })

  it('asks for check-ins by their job, and tells which', () => {
    const checkIn = (slug: string): ItemFacts => ({
      kind: 'check_in',
      header: {},
      bytes: 9,
      monitor: { slug, environment: 'production' },
    })
    const asked: unknown[] = []
    const { verdicts } = applyLimits<Limit>(
      [checkIn('nightly'), checkIn('weekly'), checkIn('nightly')],
      (quantities, monitor) => {
        asked.push([monitor?.slug, quantities])
        return monitor?.slug === 'nightly' ? { reason: 'r' } : null
      },
    )
    expect(asked).toEqual([
      ['nightly', [{ category: 'monitor', quantity: 2 }]],
      ['weekly', [{ category: 'monitor', quantity: 1 }]],
    ])
    expect(verdicts.map(({ kind }) => kind)).toEqual(['refused', 'admitted', 'refused'])
  })

  it('conserves: what is asked and granted, and what is lost, is what came', () => {
    const anyItem = fc.record({
      kind: fc.constantFrom(...(Object.keys(ITEM_CATEGORY) as ItemKind[])),
      bytes: fc.nat(5_000),
      header: fc.record(
        {
          item_count: fc.oneof(fc.nat(50), fc.anything()),
          attachment_type: fc.constantFrom('event.minidump', 'event.attachment', 'x'),
          platform: fc.constantFrom('cocoa', 'node'),
        },
        { requiredKeys: [] },
      ),
    })
    fc.assert(
      fc.property(
        fc.array(anyItem, { maxLength: 12 }),
        fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
        (items, refusals) => {
          let asked = 0
          const result = applyLimits<Limit>(items, () =>
            refusals[asked++] ? { reason: 'r' } : null,
          )
          expect(result.verdicts).toHaveLength(items.length)
          const lost = new Map<string, number>()
          items.forEach((facts, index) => {
            if (result.verdicts[index]?.kind === 'admitted') return
            for (const { category, quantity } of lossQuantities(facts)) {
              lost.set(category, (lost.get(category) ?? 0) + quantity)
            }
          })
          const told = new Map(
            result.losses.map((loss) => [loss.category as string, loss.quantity]),
          )
          for (const [category, quantity] of lost) {
            // a dump alone in its envelope is told as the error it would have made, too
            const extra = (told.get(category) ?? 0) - quantity
            expect(category === 'error' ? extra === 0 || extra === 1 : extra === 0).toBe(true)
          }
          for (const facts of items)
            expect(itemQuantities(facts).every((q) => q.quantity >= 0)).toBe(true)
        },
      ),
    )
  })
})
