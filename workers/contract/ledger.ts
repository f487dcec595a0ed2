import { z } from 'zod/mini'
import { QuotaUse } from './quota.ts'

export const LedgerOutcome = z.looseObject({
  outcome: z.string(),
  reason: z.nullable(z.string()),
  category: z.string(),
  quantity: z.number(),
})
export type LedgerOutcome = z.infer<typeof LedgerOutcome>

/** One data category: `received` = `accepted` + its outcomes + `inFlight`, or `difference` is not 0. */
export const LedgerCategory = z.looseObject({
  category: z.string(),
  /** What its quantities are: `count`, `bytes` or `milliseconds`. */
  unit: z.string(),
  received: z.number(),
  accepted: z.number(),
  inFlight: z.number(),
  difference: z.number(),
})
export type LedgerCategory = z.infer<typeof LedgerCategory>

/**
 * Where everything a project was sent has gone: `GET /api/0/projects/{org}/{project}/ledger/`.
 * The totals add up the categories that count pieces (bytes have their own row in `categories`).
 * `difference` = received − every outcome (accepted included) − in flight, its amount summed over all
 * categories; 0 when nothing is lost. A dead letter's items are in flight until it is replayed.
 */
export const Ledger = z.looseObject({
  received: z.number(),
  accepted: z.number(),
  /** What was not accepted. A row with outcome `accepted` is tolerated and not added twice. */
  outcomes: z.array(LedgerOutcome),
  categories: z.array(LedgerCategory),
  inFlight: z.looseObject({
    /** Items not yet in a shipped pack, packs not yet applied, and the items in both. */
    journal: z.number(),
    packs: z.number(),
    items: z.number(),
    oldestAt: z.nullable(z.string()),
  }),
  /** What limits the project now, and how much of each is used. */
  quotas: z.array(QuotaUse),
  deadLetters: z.number(),
  difference: z.number(),
})
export type Ledger = z.infer<typeof Ledger>
