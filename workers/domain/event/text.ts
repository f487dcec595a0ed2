/** At most `charsMax` characters, the last three of them dots where something was cut off. */
export function ellipsize(text: string, charsMax: number): string {
  // UTF-16 units are never fewer than characters, so a short string needs no counting.
  if (text.length <= charsMax) return text
  const cut = cutCharacters(text, charsMax - 3)
  return countCharacters(text, charsMax) <= charsMax ? text : `${cut}...`
}

/** The first `count` characters (code points, so that no surrogate pair is torn). */
export function cutCharacters(text: string, count: number): string {
  return text.slice(0, unitsOf(text, count))
}

/** How many characters (code points) the text has; stops counting above `stopAfter`. */
export function countCharacters(text: string, stopAfter = Number.POSITIVE_INFINITY): number {
  let count = 0
  for (let unit = 0; unit < text.length && count <= stopAfter; unit += 1) {
    if (isPairAt(text, unit)) unit += 1
    count += 1
  }
  return count
}

/** The text up to its first line break. */
export function firstLine(text: string): string {
  const end = text.search(/[\r\n]/)
  return end === -1 ? text : text.slice(0, end)
}

/** How many UTF-16 units the first `count` characters take. */
function unitsOf(text: string, count: number): number {
  let unit = 0
  for (let seen = 0; seen < count && unit < text.length; seen += 1) {
    unit += isPairAt(text, unit) ? 2 : 1
  }
  return unit
}

function isPairAt(text: string, unit: number): boolean {
  const high = text.charCodeAt(unit)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = text.charCodeAt(unit + 1)
  return low >= 0xdc00 && low <= 0xdfff
}
