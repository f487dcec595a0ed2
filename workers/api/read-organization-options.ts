import { OrganizationOptions } from '#domain/organization/organization-options.ts'
import { readOptions } from '#domain/project/read-options.ts'
import type { OrganizationRow } from '#store/membership.ts'
import { readObject } from './read-object.ts'

/** Options that cannot be read count as the defaults, as they do for the gates of the projects. */
export function readOrganizationOptions({ options }: OrganizationRow): OrganizationOptions {
  return readOptions(OrganizationOptions, readObject(options)).options
}
