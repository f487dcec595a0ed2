import { z } from 'zod/mini'

/** One row of `GET /api/0/organizations/`. */
export const Organization = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  dateCreated: z.optional(z.string()),
})
export type Organization = z.infer<typeof Organization>
