const REMEMBERED_MAX = 4096

/**
 * The function with a memory: which keys a project's events have is soon known. Bounded, since keys
 * may be made up without end; long ones are not remembered.
 */
export function remembering<Value>(decide: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined || known.has(key)) return before as Value
    const value = decide(key)
    if (key.length > KEY_CHARACTERS_MAX) return value
    if (known.size >= REMEMBERED_MAX) known.clear()
    known.set(key, value)
    return value
  }
}

const KEY_CHARACTERS_MAX = 256
