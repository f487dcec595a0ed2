/** JSON of ours at rest, as an object; one we cannot read is empty, as its readers all take it. */
export function readObject(text: string): Record<string, unknown> {
  const value = parse(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // the caller takes it for empty
  }
}
