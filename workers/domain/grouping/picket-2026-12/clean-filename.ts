/**
 * Bundlers put a hash of the content into the names of files, and servers a version into a query:
 * with each release the same code would be new (`main.3f2a1b9c.js`, `index-BQ9Kx3_z.js?v=2`).
 */

const SCRIPT = /\.(?:[cm]?js|jsx|tsx?|css|jsbundle|bundle|map)$/i
/** Parts between dots, or after a dash, an underscore or a tilde, up to the next dot. */
const HEX_PART = /[-._~](?=[0-9a-f]*[0-9])[0-9a-f]{6,64}(?=[-._~]|$)/gi
/** Rollup, Vite and esbuild take eight characters of base64url or base32. */
const SHORT_PART = /[-.]([A-Za-z0-9_-]{8})(?=\.|$)/
/** Webpack numbers its chunks anew. */
const CHUNK_NUMBER = /^\d{1,6}(?=\.)/

export function cleanFilename(name: string): string {
  const bare = withoutQuery(name)
  const extension = SCRIPT.exec(bare)?.[0]
  if (extension === undefined) return bare
  const stem = bare.slice(0, -extension.length)
  const cleaned = `${withoutHash(stem)}${extension}`
  return cleaned.replace(CHUNK_NUMBER, '<chunk>')
}

/** The same for a module made from a path, which has no extension. */
export function cleanModule(name: string): string {
  const slash = name.lastIndexOf('/')
  return slash < 0
    ? name
    : name.slice(0, slash + 1) + withoutHash(withoutQuery(name.slice(slash + 1)))
}

function withoutQuery(name: string): string {
  const end = name.search(/[?#]/)
  return end > 0 ? name.slice(0, end) : name
}

function withoutHash(stem: string): string {
  const cleaned = stem.replace(HEX_PART, '')
  const short = SHORT_PART.exec(cleaned)
  if (!short || !isRandom(short[1]!)) return cleaned
  return cleaned.slice(0, short.index) + cleaned.slice(short.index + short[0].length)
}

/** Words and camelCase are names; digits among letters, or capitals in odd places, are not. */
function isRandom(part: string): boolean {
  if (/^[A-Za-z]?[a-z]+(?:[A-Z][a-z]+)*\d?$/.test(part) || /^[A-Z]+$/.test(part)) return false
  if (/^\d+$/.test(part)) return false
  const digits = part.replace(/\D/g, '').length
  const hasBothCases = /[a-z]/.test(part) && /[A-Z]/.test(part)
  return digits >= 2 || (digits === 1 && /[A-Z]/.test(part)) || hasBothCases
}
