import { eq, getTableColumns, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'

import { OrganizationOptions } from '#domain/organization/organization-options.ts'
import { type ProjectConfig, ProjectOptions } from '#domain/project/project-config.ts'
import { joinScrubbing } from '#domain/scrub/scrubbing.ts'
import { log } from '#platform/log.ts'
import { organization } from './schema/organization.ts'
import { project, projectKey } from './schema/project.ts'

/** The settings that govern a project's ingest, from D1; null for a project that is not there. */
export async function loadProjectConfig(
  database: D1Database,
  projectId: number,
): Promise<ProjectConfig | null> {
  const db = drizzle(database)
  const [rows, keys] = await db.batch([
    db
      .select({
        ...getTableColumns(project),
        // Named apart: a batch answers rows by column name.
        organizationOptions: sql<string | null>`${organization.options}`.as('organization_options'),
      })
      .from(project)
      .leftJoin(organization, eq(organization.id, project.organizationId))
      .where(eq(project.id, projectId)),
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
    ...ingestOptions(projectId, row.options, row.organizationOptions ?? '{}'),
  }
}

/** What of the options governs a project's ingest; how it groups is the processor's to know. */
function ingestOptions(
  projectId: number,
  text: string,
  organizationText: string,
): Omit<ProjectOptions, 'grouping'> {
  const { rateLimit, filters, scrubbing } = readOptions(projectId, text)
  const required = readOrganizationOptions(projectId, organizationText).scrubbing
  return { rateLimit, filters, scrubbing: joinScrubbing(required, scrubbing) }
}

/** Options we cannot read must not stop a project's errors: they count as the defaults, and are told. */
export function readOptions(projectId: number, text: string): ProjectOptions {
  const options = ProjectOptions.safeParse(parseJson(text))
  if (options.success) return options.data
  log.error('store.project_options_unreadable', { project: projectId })
  return ProjectOptions.parse({})
}

/** An organization's options, for one of its projects; as above where we cannot read them. */
function readOrganizationOptions(projectId: number, text: string): OrganizationOptions {
  const options = OrganizationOptions.safeParse(parseJson(text))
  if (options.success) return options.data
  log.error('store.organization_options_unreadable', { project: projectId })
  return OrganizationOptions.parse({})
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // refused by the schema, and told there
  }
}
