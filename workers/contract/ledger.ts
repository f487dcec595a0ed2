import { z } from 'zod/mini'

export const LedgerOutcome = z.looseObject({
  outcome: z.string(),
  reason: z.nullable(z.string()),
  category: z.string(),
  quantity: z.number(),
})
export type LedgerOutcome = z.infer<typeof LedgerOutcome>

/**
 * Where everything a project was sent has gone: `GET /api/0/projects/{org}/{project}/ledger/`.
 * `difference` = received − every outcome (accepted included) − items in flight; 0 when nothing is
 * lost. Dead letters carry an outcome of their own (`invalid: internal`), so they count there.
 */
export const Ledger = z.looseObject({
  received: z.number(),
  accepted: z.number(),
  /** What was not accepted. A row with outcome `accepted` is tolerated and not added twice. */
  outcomes: z.array(LedgerOutcome),
  inFlight: z.looseObject({
    /** Journal rows not yet packed, packs not yet consumed, and the items in both. */
    journal: z.number(),
    packs: z.number(),
    items: z.number(),
    oldestAt: z.nullable(z.string()),
  }),
  deadLetters: z.number(),
  difference: z.number(),
})
export type Ledger = z.infer<typeof Ledger>
