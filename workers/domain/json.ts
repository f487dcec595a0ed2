/** Reading JSON that strangers wrote. */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** The value in these bytes or this text; `undefined` when it is not JSON in UTF-8. */
export function parseJson(source: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof source === 'string' ? source : utf8.decode(source))
  } catch {
    return undefined // the caller names the refusal
  }
}

/** True for `{…}`: neither null nor an array. Read its keys, never write to it: it is a stranger's. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A number JSON can carry and arithmetic can trust. */
export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** A text without the space around it; null where nothing is left, or for anything else. */
export function trimmedText(value: unknown): string | null {
  return (typeof value === 'string' && value.trim()) || null
}

/**
 * True when objects and arrays lie inside one another deeper than this many levels. Strangers nest as
 * deep as they like; what recurses, `JSON.stringify` too, falls over some thousands of levels down.
 */
export function nestsDeeperThan(value: unknown, levels: number): boolean {
  let open: unknown[] = [value]
  for (let level = 0; open.length > 0; level += 1) {
    const inside: unknown[] = []
    for (const container of open) {
      if (typeof container !== 'object' || container === null) continue
      if (level === levels) return true
      for (const element of Object.values(container)) inside.push(element)
    }
    open = inside
  }
  return false
}
