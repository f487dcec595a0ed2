import { z } from 'zod'
import type { ProjectColumns, ProjectRow } from '#store/project.ts'
import { changeGrouping, GroupingChange } from './grouping-change.ts'
import { readObject } from './read-object.ts'
import { readProjectOptions } from './read-project-options.ts'

const WORDS_MAX = 200
const words = z.array(z.string().max(200)).max(WORDS_MAX)

/** Body of `PUT /projects/{org}/{project}/`: what we keep of it; the rest of a client's is ignored. */
export const ProjectChange = z.object({
  ...GroupingChange.shape,
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
  dataScrubber: z.boolean().optional(),
  sensitiveFields: words.optional(),
  safeFields: words.optional(),
  scrubIPAddresses: z.boolean().optional(),
  rateLimit: z
    .object({
      window: z
        .int()
        .min(1)
        .max(30 * 86_400),
      count: z.int().min(1).max(1_000_000_000),
    })
    .nullish(),
  options: z
    .object({
      'filters:web-crawlers': z.boolean().optional(),
      'filters:localhost': z.boolean().optional(),
    })
    .optional(),
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
  const grouping = changeGrouping(readProjectOptions(project).grouping, body, now)
  const after = { ...changeOptions(before, body), ...(grouping && { grouping }) }
  if (JSON.stringify(after) !== JSON.stringify(before)) columns.options = JSON.stringify(after)
  return columns
}

function changeOptions(before: Record<string, unknown>, body: ProjectChange) {
  const scrubbing = given({
    enabled: body.dataScrubber,
    sensitiveFields: body.sensitiveFields,
    safeFields: body.safeFields,
    scrubIpAddresses: body.scrubIPAddresses,
  })
  const filters = given({
    webCrawlers: body.options?.['filters:web-crawlers'],
    localhost: body.options?.['filters:localhost'],
  })
  const { rateLimit } = body
  return {
    ...before,
    ...(scrubbing && { scrubbing: { ...objectOf(before['scrubbing']), ...scrubbing } }),
    ...(filters && { filters: { ...objectOf(before['filters']), ...filters } }),
    ...(rateLimit !== undefined && {
      rateLimit: rateLimit && { count: rateLimit.count, windowSeconds: rateLimit.window },
    }),
  }
}

/** Without what nobody gave; null when nobody gave anything. */
function given(values: Record<string, unknown>): Record<string, unknown> | null {
  const some = Object.entries(values).filter(([, value]) => value !== undefined)
  return some.length > 0 ? Object.fromEntries(some) : null
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
