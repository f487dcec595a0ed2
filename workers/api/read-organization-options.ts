import { OrganizationOptions } from '#domain/organization/organization-options.ts'
import type { OrganizationRow } from '#store/membership.ts'
import { readObject } from './read-object.ts'

/** Options that cannot be read count as the defaults, as they do for the gates of the projects. */
export function readOrganizationOptions({ options }: OrganizationRow): OrganizationOptions {
  const parsed = OrganizationOptions.safeParse(readObject(options))
  return parsed.success ? parsed.data : OrganizationOptions.parse({})
}
