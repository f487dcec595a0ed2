import type { Context } from 'hono'

import { listProjects, type ProjectRow } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'

/**
 * The projects of the organization that `?project=` (ids or slugs; -1 for all) and `?projectSlug=`
 * name, all when they name none. One that is not there is refused: a list of nothing would hide a
 * mistake.
 */
export async function selectProjects(
  c: Context<ApiEnv>,
  { project = [], projectSlug = [] }: { project?: string[]; projectSlug?: string[] },
): Promise<ProjectRow[]> {
  const { stores, membership } = c.var
  const all = await listProjects(stores, [membership.organization.id])
  const names = [...project, ...projectSlug].filter((name) => name !== '')
  if (names.length === 0 || project.includes('-1')) return all
  return [...new Set(names)].map((name) => {
    const found = all.find(({ id, slug }) => slug === name || String(id) === name)
    if (!found) throw new ApiError('not_found')
    return found
  })
}
