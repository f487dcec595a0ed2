import { describe, expect, it } from 'vitest'

import type { GroupingConfigId } from '../grouping-config.ts'
import { groupWith } from '../make-event.ts'
import { FAMILIES } from './complaint.ts'

/** Issues too many, and families that share an issue with another. */
function compare(id: GroupingConfigId): { splits: string[]; merges: string[] } {
  const owners = new Map<string, string>()
  const splits: string[] = []
  const merges: string[] = []
  for (const [name, events] of Object.entries(FAMILIES)) {
    const hashes = new Set(events.map((event) => groupWith(event, { id }).hashes[0]))
    for (let extra = 1; extra < hashes.size; extra++) splits.push(name)
    for (const hash of hashes) {
      const owner = owners.get(hash)
      if (owner === undefined) owners.set(hash, name)
      else merges.push(`${name} with ${owner}`)
    }
  }
  return { splits, merges }
}

describe('what people complain about', () => {
  it('is split 46 times and joined wrongly 6 times by Sentry’s newest config', () => {
    const { splits, merges } = compare('newstyle:2026-01-20')
    expect([splits.length, merges.length]).toEqual([46, 6])
  })

  it('is one issue each by ours', () => {
    expect(compare('picket:2026-12')).toEqual({ splits: [], merges: [] })
  })
})
