import { eq, getTableColumns, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'

import { isObject, parseJson } from '#domain/json.ts'
import { OrganizationOptions } from '#domain/organization/organization-options.ts'
import { type ProjectConfig, ProjectOptions } from '#domain/project/project-config.ts'
import { readOptions as readParts } from '#domain/project/read-options.ts'
import { compileQuotas } from '#domain/quota/quota-settings.ts'
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
  const { organizationId, retention } = row
  const common = readOrganizationOptions(projectId, row.organizationOptions ?? '{}')
  // How it groups is the processor's to know.
  const { rateLimit, filters, scrubbing, quotas } = readOptions(projectId, row.options)
  return {
    projectId,
    organizationId,
    version: 0,
    retention,
    keys: keys.map(({ publicKey, isActive }) => ({ publicKey, isActive })),
    quotas: compileQuotas({
      organization: common.quotas,
      project: quotas,
      rateLimit,
      keys: keys.map(({ publicKey, rateLimitCount: count, rateLimitWindowSeconds }) => ({
        publicKey,
        rateLimit:
          count !== null && rateLimitWindowSeconds !== null
            ? { count, windowSeconds: rateLimitWindowSeconds }
            : null,
      })),
    }),
    spikeProtection: quotas.spikeProtection,
    filters,
    scrubbing: joinScrubbing(common.scrubbing, scrubbing),
  }
}

/** Options we cannot read must not stop a project's errors: they count as the defaults, and are told. */
export function readOptions(projectId: number, text: string): ProjectOptions {
  const { options, unreadable } = readParts(ProjectOptions, readObject(text))
  if (unreadable.length > 0) {
    log.error('store.project_options_unreadable', { project: projectId, parts: unreadable })
  }
  return options
}

/** An organization's options, for one of its projects; as above where we cannot read them. */
function readOrganizationOptions(projectId: number, text: string): OrganizationOptions {
  const { options, unreadable } = readParts(OrganizationOptions, readObject(text))
  if (unreadable.length > 0) {
    log.error('store.organization_options_unreadable', { project: projectId, parts: unreadable })
  }
  return options
}

function readObject(text: string): Record<string, unknown> {
  const value = parseJson(text)
  return isObject(value) ? value : {}
}
