import { Hono } from 'hono'
import { z } from 'zod'

import type { Ledger, LedgerCategory } from '#contract/ledger.ts'
import { categoryUnit, type DataCategory } from '#domain/data-category.ts'
import { type LedgerEntry, sumLedgerEntries } from '#domain/outcome.ts'
import { countDeadLetters } from '#store/dead-letter.ts'
import { listOutcomes } from '#store/ledger.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDateOrNull } from './date.ts'
import { gateOf } from './gate.ts'
import { last } from './query.ts'
import { requireScope } from './scope.ts'
import { parseTimeWindow } from './time-window.ts'
import { valid } from './valid.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The gate counts what came in for 14 months; the whole ledger looks back as far. */
const LOOKBACK_MS = 425 * DAY_MS

const LedgerSearch = z.object({
  statsPeriod: last.optional(),
  start: last.optional(),
  end: last.optional(),
})

/**
 * Where everything went. Received are all outcomes of the asked time and what is under way; what
 * neither side knows of is the difference, which the gate works out over everything it ever took in.
 */
export const projectLedgerRoutes = new Hono<ApiEnv>().get(
  '/ledger',
  requireScope('project:read'),
  valid('query', LedgerSearch),
  async (c) => {
    const { stores, project, now } = c.var
    const window = parseTimeWindow(c.req.valid('query'), now)
    const { since, until } = window ?? { since: now - LOOKBACK_MS, until: now + 1 }
    const gate = await gateOf(c.env, project.id).readLedger()
    const [quotas, rows, deadLetters] = await Promise.all([
      gateOf(c.env, project.id).readQuotas(project.id),
      listOutcomes(stores, project, {
        since: Math.floor(since / MINUTE_MS) * MINUTE_MS,
        until,
        bucketMs: DAY_MS,
      }),
      countDeadLetters(stores, project.id),
    ])
    const entries = sumLedgerEntries(rows.map(withoutTime))
    const categories = balance(entries, gate.inFlight.quantities, gate.difference)
    const counted = categories.filter(({ unit }) => unit === 'count')
    const { journal, packs, items, oldestAt } = gate.inFlight
    return c.json({
      received: sum(counted, ({ received }) => received),
      accepted: sum(counted, ({ accepted }) => accepted),
      outcomes: entries
        .filter(({ outcome }) => outcome !== 'accepted')
        .map((entry) => ({ ...entry })),
      categories,
      inFlight: { journal, packs, items, oldestAt: isoDateOrNull(oldestAt) },
      quotas,
      deadLetters,
      difference: sum(categories, ({ difference }) => Math.abs(difference)),
    } satisfies Ledger)
  },
)

function balance(
  entries: LedgerEntry[],
  inFlight: Record<string, number>,
  difference: Record<string, number>,
): LedgerCategory[] {
  const names = new Set([
    ...entries.map(({ category }) => category),
    ...(Object.keys(inFlight) as DataCategory[]),
    ...(Object.keys(difference) as DataCategory[]),
  ])
  return [...names].sort().map((category) => {
    const ofCategory = entries.filter((entry) => entry.category === category)
    const settled = sum(ofCategory, ({ quantity }) => quantity)
    const accepted = sum(
      ofCategory.filter(({ outcome }) => outcome === 'accepted'),
      ({ quantity }) => quantity,
    )
    const flying = inFlight[category] ?? 0
    const missing = difference[category] ?? 0
    const received = settled + flying + missing
    return {
      category,
      unit: categoryUnit(category),
      received,
      accepted,
      inFlight: flying,
      difference: missing,
    }
  })
}

function withoutTime({ category, outcome, reason, quantity }: LedgerEntry): LedgerEntry {
  return { category, outcome, reason, quantity }
}

function sum<Row>(rows: Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}
