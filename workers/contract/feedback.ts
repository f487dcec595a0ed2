import { z } from 'zod/mini'

/** What a person wrote: in a crash dialog, or in a feedback widget. */
export const UserReport = z.looseObject({
  id: z.string(),
  eventID: z.string(),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  comments: z.string(),
  dateCreated: z.string(),
})
export type UserReport = z.infer<typeof UserReport>
