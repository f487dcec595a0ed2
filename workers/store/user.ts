import { eq } from 'drizzle-orm'

import { user } from './schema/user.ts'
import type { Stores } from './stores.ts'

export type UserRow = typeof user.$inferSelect

/** Addresses are compared as they rest: lower-case. */
export async function findUserByEmail(stores: Stores, email: string): Promise<UserRow | null> {
  const row = await stores.db.select().from(user).where(eq(user.email, email.toLowerCase())).get()
  return row ?? null
}
