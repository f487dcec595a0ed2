import { eq, lte } from 'drizzle-orm'

import { session } from './schema/user.ts'
import type { Stores } from './stores.ts'

/** Opens a session and forgets the user's ones that are over. Times are Unix ms. */
export async function createSession(
  stores: Stores,
  opened: { tokenHash: string; userId: number; expiresAt: number },
  now: number,
): Promise<void> {
  await stores.db.batch([
    stores.db.insert(session).values(opened),
    stores.db.delete(session).where(lte(session.expiresAt, now)),
  ])
}

export async function deleteSession(stores: Stores, tokenHash: string): Promise<void> {
  await stores.db.delete(session).where(eq(session.tokenHash, tokenHash))
}
