import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'

import { type ProjectConfig, ProjectOptions } from '#domain/project/project-config.ts'
import { log } from '#platform/log.ts'
import { project, projectKey } from './schema/project.ts'

/** The settings that govern a project's ingest, from D1; null for a project that is not there. */
export async function loadProjectConfig(
  database: D1Database,
  projectId: number,
): Promise<ProjectConfig | null> {
  const db = drizzle(database)
  const [rows, keys] = await db.batch([
    db.select().from(project).where(eq(project.id, projectId)),
    db.select().from(projectKey).where(eq(projectKey.projectId, projectId)),
  ])
  const row = rows[0]
  if (!row) return null
  return {
    projectId,
    version: 0,
    retention: row.retention,
    keys: keys.map((key) => ({
      publicKey: key.publicKey,
      isActive: key.isActive,
      rateLimit:
        key.rateLimitCount !== null && key.rateLimitWindowSeconds !== null
          ? { count: key.rateLimitCount, windowSeconds: key.rateLimitWindowSeconds }
          : null,
    })),
    ...ingestOptions(projectId, row.options),
  }
}

/** What of a project's options governs its ingest; how it groups is the processor's to know. */
function ingestOptions(projectId: number, text: string): Omit<ProjectOptions, 'grouping'> {
  const { rateLimit, filters, scrubbing } = readOptions(projectId, text)
  return { rateLimit, filters, scrubbing }
}

/** Options we cannot read must not stop a project's errors: they count as the defaults, and are told. */
export function readOptions(projectId: number, text: string): ProjectOptions {
  const options = ProjectOptions.safeParse(parseJson(text))
  if (options.success) return options.data
  log.error('store.project_options_unreadable', { project: projectId })
  return ProjectOptions.parse({})
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // refused by the schema, and told there
  }
}
