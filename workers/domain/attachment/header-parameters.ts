/**
 * Reads a header value with parameters: `form-data; name="a"; filename="b.txt"`. Quoted values may
 * escape with a backslash; `filename*=UTF-8''b%20c` (RFC 5987) goes before `filename`. Names are in
 * lower case, the first of a name counts. One walk, no backtracking.
 */
export interface HeaderValue {
  /** What stands before the first `;`, in lower case. */
  value: string
  parameters: ReadonlyMap<string, string>
}

export function parseHeaderValue(text: string): HeaderValue {
  const end = text.indexOf(';')
  const value = (end === -1 ? text : text.slice(0, end)).trim().toLowerCase()
  const parameters = new Map<string, string>()
  let at = end === -1 ? text.length : end + 1
  let equals = -1
  while (at < text.length) {
    // looked for once only, or a row of `;` would be walked again at each
    if (equals < at) equals = text.indexOf('=', at)
    const semicolon = text.indexOf(';', at)
    if (equals === -1) break
    if (semicolon !== -1 && semicolon < equals) {
      at = semicolon + 1 // a parameter without a value
      continue
    }
    const name = text.slice(at, equals).trim().toLowerCase()
    const [parameter, next] = readParameter(text, equals + 1)
    if (!parameters.has(name)) parameters.set(name, parameter)
    at = next
  }
  return { value, parameters }
}

/** A parameter by name, its extended form first. */
export function parameterOf({ parameters }: HeaderValue, name: string): string | null {
  const extended = parameters.get(`${name}*`)
  return (extended === undefined ? null : decodeExtended(extended)) ?? parameters.get(name) ?? null
}

/** Reads a quoted or a plain value; `next` is behind the `;` that ends it. */
function readParameter(text: string, from: number): [value: string, next: number] {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at += 1
  if (text[at] !== '"') {
    const end = text.indexOf(';', at)
    const to = end === -1 ? text.length : end
    return [text.slice(at, to).trim(), to + 1]
  }
  const characters: string[] = []
  for (at += 1; at < text.length && text[at] !== '"'; at += 1) {
    // browsers write `%22` for a quote; a backslash before anything but a quote is a Windows path
    if (text[at] === '\\' && (text[at + 1] === '"' || text[at + 1] === '\\')) at += 1
    characters.push(text[at]!)
  }
  const end = text.indexOf(';', at)
  return [characters.join(''), end === -1 ? text.length : end + 1]
}

function decodeExtended(value: string): string | null {
  const match = /^utf-8'[^']*'/i.exec(value)
  if (!match) return null
  try {
    return decodeURIComponent(value.slice(match[0].length))
  } catch {
    return null // not percent-encoded UTF-8: the plain form counts
  }
}
