import { describe, expect, it } from 'vitest'

import { ITEM_CATEGORY, type ItemKind, kindOfItem, needsEvent } from './item-kind.ts'
import { countChildSpans, itemQuantities, lossQuantities } from './item-quantities.ts'

const counts = (kind: ItemKind, header = {}, bytes = 0, childSpans = 0): unknown =>
  itemQuantities({ kind, header, bytes, childSpans }).map((q) => [q.category, q.quantity])

describe('what an item counts', () => {
  it('counts a transaction, its index entry, and its spans with its own', () => {
    expect(counts('transaction', {}, 100, countChildSpans({ spans: [{}, {}] }))).toEqual([
      ['transaction', 1],
      ['transaction_indexed', 1],
      ['span', 3],
    ])
    expect(countChildSpans({ spans: 'many' })).toBe(0)
  })

  it('gotcha 24: counts an attachment in bytes and as a piece', () => {
    expect(counts('attachment', {}, 512)).toEqual([
      ['attachment', 512],
      ['attachment_item', 1],
    ])
  })

  it('gotcha 23: counts an empty attachment as one byte, for it is kept', () => {
    expect(counts('attachment', {}, 0)).toEqual([
      ['attachment', 1],
      ['attachment_item', 1],
    ])
  })

  it('gotcha 28: counts a reference by the length it declares, and nothing else by it', () => {
    const content_type = 'application/vnd.sentry.attachment-ref+json'
    expect(counts('attachment', { content_type, attachment_length: 9_000 }, 70)).toEqual([
      ['attachment', 9_000],
      ['attachment_item', 1],
    ])
    expect(counts('attachment', { attachment_length: 9_000 }, 70)).toEqual([
      ['attachment', 70],
      ['attachment_item', 1],
    ])
  })

  it('tells profiles of user interfaces from those of backends', () => {
    const category = (platform: string): unknown => counts('profile', { platform })
    expect(category('cocoa')).toEqual([
      ['profile', 1],
      ['profile_indexed', 1],
      ['profile_ui', 1],
    ])
    expect(category('python')).toContainEqual(['profile_backend', 1])
    expect(counts('profile')).toHaveLength(2)
    expect(counts('profile_chunk', { platform: 'android' })).toEqual([['profile_chunk_ui', 1]])
    expect(counts('profile_chunk', { platform: 'node' })).toEqual([['profile_chunk', 1]])
  })

  it('counts a chunk without a platform only under the alias that names its surface', () => {
    expect(counts('profile_chunk')).toEqual([])
    expect(counts('profile_chunk_ui')).toEqual([['profile_chunk_ui', 1]])
  })

  it('believes a container its count, within the bytes it has', () => {
    expect(counts('log', { item_count: 3 }, 90)).toEqual([
      ['log_item', 3],
      ['log_byte', 90],
    ])
    expect(counts('trace_metric', { item_count: 2 }, 40)).toContainEqual(['trace_metric', 2])
    for (const item_count of [undefined, -4, 0, 2.5, '7', null]) {
      expect(counts('span', { item_count }, 90)).toEqual([
        ['span', 1],
        ['span_indexed', 1],
      ])
    }
    expect(counts('span', { item_count: 2 ** 40 }, 90)).toContainEqual(['span', 90])
  })

  it('counts what the elements of a container came to, once somebody has looked', () => {
    const counted = [{ category: 'log_item' as const, quantity: 2 }]
    const facts = { kind: 'log' as const, header: { item_count: 3 }, bytes: 90, counted }
    expect(itemQuantities(facts)).toEqual(counted)
    expect(lossQuantities(facts)).toEqual(counted)
  })

  it('counts client reports nowhere, yet the loss of form data somewhere', () => {
    expect(counts('client_report')).toEqual([])
    expect(lossQuantities({ kind: 'client_report', header: {}, bytes: 9 })).toEqual([])
    expect(lossQuantities({ kind: 'form_data', header: {}, bytes: 9 })).toEqual([
      { category: 'default', quantity: 1 },
    ])
  })

  it('tells every kind but client reports in the category its loss is named by', () => {
    for (const kind of Object.keys(ITEM_CATEGORY) as ItemKind[]) {
      if (kind === 'client_report') continue
      const categories = lossQuantities({ kind, header: {}, bytes: 1 }).map((q) => q.category)
      expect(categories).toContain(ITEM_CATEGORY[kind])
    }
  })

  it('gotcha 32: counts feedback as feedback and never as an error', () => {
    expect(counts('feedback')).toEqual([['feedback', 1]])
    expect(counts('event')).toEqual([['error', 1]])
  })

  it('gotcha 25: an attachment needs an event id made for it, a session does not', () => {
    expect(needsEvent('attachment', {})).toBe(true)
    expect(needsEvent('session', {})).toBe(false)
    const content_type = 'application/vnd.sentry.trace-attachment'
    expect(needsEvent('attachment', { content_type })).toBe(false)
  })

  it('knows no attachment of a type nobody knows, nor kinds that objects inherit', () => {
    expect(kindOfItem('attachment', { attachment_type: 'event.view_hierarchy' })).toBe('attachment')
    expect(kindOfItem('attachment', { attachment_type: 'event.hologram' })).toBeNull()
    expect(kindOfItem('constructor', {})).toBeNull()
    expect(kindOfItem('attachment', { attachment_type: 'toString' })).toBeNull()
  })
})
