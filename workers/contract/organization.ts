import { z } from 'zod'

/** One row of `GET /api/0/organizations/`. */
export const Organization = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  dateCreated: z.string().optional(),
})
export type Organization = z.infer<typeof Organization>
