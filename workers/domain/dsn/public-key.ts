/**
 * Self-certifying DSN keys.
 *
 * A public key is 32 hex characters: 8 random bytes, then the first 8 bytes of
 * HMAC-SHA-256(secret of the deployment, `<random hex>:<project id>`). The edge can tell a real key
 * from an invented one without asking anybody, so traffic to projects that do not exist never wakes
 * an object. It is no secret: whoever reads a page's source has it. It only proves that this
 * deployment made it for this project; whether it is switched off is the gate's to say.
 */
import { fromHex, toHex } from '../identifier.ts'

const PUBLIC_KEY = /^[0-9a-f]{32}$/

/** True for 32 lower-case hex characters, whoever made them. */
export function isPublicKey(text: string): boolean {
  return PUBLIC_KEY.test(text)
}

/** Imports the deployment's secret once; `secret` is any text of at least 16 characters. */
export function importKeySecret(secret: string): Promise<CryptoKey> {
  if (secret.length < 16) throw new Error('PICKET_SECRET must have at least 16 characters')
  const bytes = new TextEncoder().encode(secret)
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
}

/** Makes the key of a project. `random` is 8 random bytes. */
export async function makePublicKey(
  secret: CryptoKey,
  projectId: number,
  random: Uint8Array,
): Promise<string> {
  const half = toHex(random.subarray(0, 8))
  return half + (await certify(secret, half, projectId))
}

/** True when this deployment made `publicKey` for `projectId`. No I/O. */
export async function verifyPublicKey(
  secret: CryptoKey,
  projectId: number,
  publicKey: string,
): Promise<boolean> {
  if (!isPublicKey(publicKey)) return false
  const expected = fromHex(await certify(secret, publicKey.slice(0, 16), projectId))
  const actual = fromHex(publicKey.slice(16))
  let difference = 0
  for (let i = 0; i < expected.length; i += 1) difference |= expected[i]! ^ actual[i]!
  return difference === 0
}

async function certify(secret: CryptoKey, half: string, projectId: number): Promise<string> {
  const message = new TextEncoder().encode(`${half}:${projectId}`)
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', secret, message)).subarray(0, 8))
}
