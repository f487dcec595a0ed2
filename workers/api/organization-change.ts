import { z } from 'zod'

import { isObject } from '#domain/json.ts'
import type { OrganizationRow } from '#store/membership.ts'
import type { OrganizationColumns } from '#store/organization.ts'
import { given } from './given.ts'
import { readObject } from './read-object.ts'
import { readOrganizationOptions } from './read-organization-options.ts'
import { changeScrubbing, ScrubbingChange } from './scrubbing-change.ts'

/** Body of `PUT /organizations/{org}/`: what we keep of it; the rest of a client's is ignored. */
export const OrganizationChange = z.object({
  ...ScrubbingChange.shape,
  name: z.string().trim().min(1).max(200).optional(),
  globalGrouping: z.boolean().optional(),
})
export type OrganizationChange = z.infer<typeof OrganizationChange>

/** The columns a body changes; what it does not name stays as it was. */
export function organizationColumns(
  organization: OrganizationRow,
  body: OrganizationChange,
): OrganizationColumns {
  const columns: OrganizationColumns = {}
  if (body.name !== undefined) columns.name = body.name
  const before = readObject(organization.options)
  const { scrubbing } = readOrganizationOptions(organization)
  const change = changeScrubbing(scrubbing, body, 'organization')
  const kept = isObject(before['scrubbing']) ? before['scrubbing'] : {}
  const after = {
    ...before,
    ...given({ globalGrouping: body.globalGrouping }),
    ...(change && { scrubbing: { ...kept, ...change } }),
  }
  if (JSON.stringify(after) !== JSON.stringify(before)) columns.options = JSON.stringify(after)
  return columns
}
