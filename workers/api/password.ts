/**
 * Passwords at rest: `pbkdf2-sha256$<iterations>$<salt base64>$<hash base64>`. WebCrypto only, so
 * that the seed script and workerd make and read the same text.
 */

/** The most workerd allows in one call; OWASP asks for more, so the count stands in the text. */
const ITERATIONS = 100_000
const SALT_BYTES = 16
const HASH_BITS = 256

/** Costs about 50 ms of CPU: more than the 10 ms of a Free plan (docs/operations). */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES))
  const hash = await derive(password, salt, ITERATIONS)
  return ['pbkdf2-sha256', ITERATIONS, toBase64(salt), toBase64(hash)].join('$')
}

/**
 * True when `stored` was made of `password`. Without a stored text the same work is done for
 * nothing, so that the time of an answer does not tell which accounts exist.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [scheme, iterations, salt, hash] = (stored ?? '').split('$')
  if (scheme !== 'pbkdf2-sha256' || !iterations || !salt || !hash) {
    await derive(password, new Uint8Array(SALT_BYTES), ITERATIONS)
    return false
  }
  const expected = fromBase64(hash)
  const actual = await derive(password, fromBase64(salt), Number(iterations))
  let difference = expected.length ^ actual.length
  for (let i = 0; i < actual.length; i += 1) difference |= (expected[i] ?? 0) ^ actual[i]!
  return difference === 0
}

async function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(password)
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits'])
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, HASH_BITS))
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
