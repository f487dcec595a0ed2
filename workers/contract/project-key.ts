import { z } from 'zod/mini'

/** One DSN of a project: a row of `GET /api/0/projects/{org}/{project}/keys/`. */
export const ProjectKey = z.looseObject({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  public: z.string(),
  projectId: z.number(),
  isActive: z.boolean(),
  dateCreated: z.nullable(z.string()),
  dsn: z.looseObject({ public: z.string() }),
})
export type ProjectKey = z.infer<typeof ProjectKey>
