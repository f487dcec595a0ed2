import { z } from 'zod'

/**
 * What travels on the queue: where a pack lies and how much is in it. Pointers only: no personal
 * data, and never near the 128 KB of a message. Fields may be added, never changed: messages of an
 * older deploy are still under way when a newer one starts.
 */
export const PackMessage = z.object({
  version: z.literal(1),
  packId: z.string(),
  projectId: z.int(),
  /** `2026-11`: names the month object that will hold the rows. */
  month: z.string(),
  key: z.string(),
  items: z.int(),
  bytes: z.int(),
  /** How often its gate has sent it; absent in messages of before we counted. */
  sends: z.int().optional(),
})
export type PackMessage = z.infer<typeof PackMessage>
