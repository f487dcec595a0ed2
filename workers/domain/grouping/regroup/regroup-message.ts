import { z } from 'zod'

/**
 * What travels on the queue for a regrouping: which one, and which of its steps is next. A step that
 * comes twice is known by its number.
 */
export const RegroupMessage = z.object({
  version: z.literal(1),
  kind: z.literal('regroup'),
  projectId: z.int(),
  operationId: z.int(),
  step: z.int(),
})
export type RegroupMessage = z.infer<typeof RegroupMessage>
