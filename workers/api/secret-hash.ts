import { toHex } from '#domain/identifier.ts'

/** SHA-256 in hex: how tokens and sessions rest, and how they are looked up. */
export async function hashSecret(secret: string): Promise<string> {
  const bytes = new TextEncoder().encode(secret)
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}
