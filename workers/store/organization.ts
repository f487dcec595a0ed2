import { eq } from 'drizzle-orm'

import type { OrganizationRow } from './membership.ts'
import { organization } from './schema/organization.ts'
import type { Stores } from './stores.ts'

export type OrganizationColumns = Partial<Pick<OrganizationRow, 'name' | 'options'>>

/** Changes columns and answers the row as it is now. */
export async function updateOrganization(
  stores: Stores,
  before: OrganizationRow,
  change: OrganizationColumns,
): Promise<OrganizationRow> {
  if (Object.keys(change).length === 0) return before
  const { id } = before
  return stores.db.update(organization).set(change).where(eq(organization.id, id)).returning().get()
}
