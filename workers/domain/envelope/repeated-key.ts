/**
 * The first of these keys that an object's text names twice; null where each stands once. `JSON.parse`
 * takes the last and says nothing, yet two times of sending are no time at all (spec/ingest.md §5.2).
 * `text` is an object in valid JSON. One walk.
 */
export function repeatedKey(text: string, keys: readonly string[]): string | null {
  const seen = new Set<string>()
  let depth = 0
  let isKeyNext = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '"') {
      const end = stringEnd(text, at)
      if (isKeyNext) {
        const key: unknown = JSON.parse(text.slice(at, end + 1))
        if (typeof key === 'string' && keys.includes(key)) {
          if (seen.has(key)) return key
          seen.add(key)
        }
      }
      isKeyNext = false
      at = end
    } else if (character === '{' || character === '[') {
      depth += 1
      isKeyNext = depth === 1
    } else if (character === '}' || character === ']') depth -= 1
    else if (character === ',') isKeyNext = depth === 1
  }
  return null
}

/** Where the string that begins at `from` ends: at a quote no backslash escapes. */
function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
