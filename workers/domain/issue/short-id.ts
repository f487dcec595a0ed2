/** Crockford's base 32, as Sentry counts its short ids (spec/web-api.md §7). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `SHOP-1F`: the project's slug and the number in base 32. */
export function formatShortId(projectSlug: string, number: number): string {
  let digits = ''
  for (let rest = number; rest > 0 || digits === ''; rest = Math.floor(rest / 32)) {
    digits = ALPHABET[rest % 32]! + digits
  }
  return `${projectSlug.toUpperCase()}-${digits}`
}

/** Reads a short id in any case; null when it is none. The slug comes back in lower case. */
export function parseShortId(text: string): { slug: string; number: number } | null {
  const match = /^([a-z0-9][a-z0-9_-]*)-([0-9a-z]{1,10})$/i.exec(text)
  if (!match?.[1] || !match[2]) return null
  let number = 0
  for (const character of match[2].toUpperCase()) {
    const digit = ALPHABET.indexOf(character)
    if (digit === -1) return null
    number = number * 32 + digit
  }
  return { slug: match[1].toLowerCase(), number }
}
