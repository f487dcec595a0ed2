import { z } from 'zod'

import { isObject } from '#domain/json.ts'
import type { ProjectColumns, ProjectRow } from '#store/project.ts'
import { changeFilters, FilterOptions } from './filter-change.ts'
import { given } from './given.ts'
import { changeGrouping, GroupingChange } from './grouping-change.ts'
import { readObject } from './read-object.ts'
import { readProjectOptions } from './read-project-options.ts'
import { changeScrubbing, ScrubbingChange } from './scrubbing-change.ts'

/** Body of `PUT /projects/{org}/{project}/`: what we keep of it; the rest of a client's is ignored. */
export const ProjectChange = z.object({
  ...GroupingChange.shape,
  ...ScrubbingChange.shape,
  name: z.string().trim().min(1).max(200).optional(),
  slug: z
    .string()
    .max(100)
    .regex(
      /^(?![0-9]+$)[a-z0-9_-]+$/,
      'Enter a valid slug of lowercase letters, numbers, underscores or hyphens; not only numbers.',
    )
    .optional(),
  platform: z.string().max(64).nullish(),
  rateLimit: z
    .object({
      window: z
        .int()
        .min(1)
        .max(30 * 86_400),
      count: z.int().min(1).max(1_000_000_000),
    })
    .nullish(),
  options: FilterOptions.optional(),
})
export type ProjectChange = z.infer<typeof ProjectChange>

/** The columns a body changes; options are laid over those that are there. */
export function projectColumns(
  project: ProjectRow,
  body: ProjectChange,
  now: number,
): ProjectColumns {
  const columns: ProjectColumns = {}
  if (body.name !== undefined) columns.name = body.name
  if (body.slug !== undefined) columns.slug = body.slug
  if (body.platform !== undefined) columns.platform = body.platform || null
  const before = readObject(project.options)
  const after = { ...before, ...changeOptions(project, body, now) }
  if (JSON.stringify(after) !== JSON.stringify(before)) columns.options = JSON.stringify(after)
  return columns
}

/** The options a body replaces; within scrubbing and filters, what it does not name stays as it was. */
function changeOptions(project: ProjectRow, body: ProjectChange, now: number) {
  const { grouping, scrubbing } = readProjectOptions(project)
  const { rateLimit } = body
  return given({
    grouping: changeGrouping(grouping, body, now) ?? undefined,
    scrubbing: laidOver(project, 'scrubbing', changeScrubbing(scrubbing, body, 'project')),
    filters: laidOver(project, 'filters', changeFilters(body.options ?? {})),
    rateLimit: rateLimit && { count: rateLimit.count, windowSeconds: rateLimit.window },
  })
}

function laidOver(project: ProjectRow, name: string, change: object | null): object | undefined {
  const before = readObject(project.options)[name]
  return change ? { ...(isObject(before) ? before : {}), ...change } : undefined
}
