import { z } from 'zod/mini'

/** A project as `GET /api/0/projects/` lists it. Dates are ISO 8601 and end in `Z`. */
export const Project = z.looseObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  platform: z.nullable(z.string()),
  dateCreated: z.string(),
  /** When the first event arrived; null until then (the dashboard waits for it). */
  firstEvent: z.nullable(z.string()),
  organization: z.looseObject({ slug: z.string(), name: z.string() }),
})
export type Project = z.infer<typeof Project>
