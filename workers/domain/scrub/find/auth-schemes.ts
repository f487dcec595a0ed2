import { type Find, NOWHERE, type Range } from '../rule.ts'

/*
 * Credentials behind the name of an HTTP scheme, wherever they stand: `Bearer 9f86…`,
 * `Basic dXNlcjpwYXNz`. The name stays, the credentials go. Sentences about schemes stay whole:
 * "Bearer token missing", "basic authentication required".
 */

const SCHEME =
  /(?<![A-Za-z0-9])(bearer|basic|digest|apikey|token|negotiate|ntlm|oauth|hawk|jwt)(?:\s|%20|\+){1,4}((?:[\w.~+/=-]|%2[bf]|%3d){4,8192})/dgi

/** `AuthenticationSchemeHandler` has two. */
const CASE_CHANGES_MIN = 5

export const findSchemeCredentials: Find = (text) => {
  const found: Range[] = []
  for (const match of text.matchAll(SCHEME)) {
    const [scheme, range] = [match[1]!.toLowerCase(), match.indices![2]!]
    const isSecret = scheme === 'basic' ? isBasic(match[2]!) : looksRandom(match[2]!, scheme)
    if (isSecret) found.push(range)
  }
  return found.length > 0 ? found : NOWHERE
}

/** Base64 of `user:password`, perhaps percent-encoded, perhaps without its padding. */
function isBasic(text: string): boolean {
  const plain = text
    .replace(/%2b/gi, '+')
    .replace(/%2f/gi, '/')
    .replace(/%3d|=+$/gi, '')
  if (!/^[A-Za-z0-9+/]+$/.test(plain) || plain.length % 4 === 1) return false
  return /^[\x20-\x39\x3b-\xff]*:/.test(atob(plain))
}

/** `expires_in=3600` */
const SETTING = /^[a-z_]\w{1,31}=[^=]/i

/** Digits among letters, or more changes of case than names have; long, for schemes that are words. */
function looksRandom(text: string, scheme: string): boolean {
  if (text.length < (scheme === 'bearer' ? 8 : 16) || SETTING.test(text)) return false
  if (/\d/.test(text)) return /[a-z]/i.test(text)
  return text.length >= 20 && (text.match(/[a-z][A-Z]/g)?.length ?? 0) >= CASE_CHANGES_MIN
}
