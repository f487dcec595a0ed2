import { isObject } from '../../json.ts'

/** Originals are kept in notes only below this size (spec/event-processing.md §2.3). */
export const ORIGINAL_SIZE_MAX = 500

/** Deeper values are not turned into text: the runtime's own writer would run out of stack. */
const DEPTH_MAX = 500

/**
 * Estimated length of a value as JSON, in characters; counting stops once it exceeds `stopAfter`,
 * so the cost is bounded by that and not by the value.
 */
export function jsonSize(value: unknown, stopAfter: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return String(value).length
  let size = 2
  if (size > stopAfter) return size
  if (Array.isArray(value)) {
    for (const item of value) {
      size += jsonSize(item, stopAfter - size) + 1
      if (size > stopAfter) return size
    }
    return size
  }
  for (const [key, item] of Object.entries(value)) {
    size += key.length + 4 + jsonSize(item, stopAfter - size)
    if (size > stopAfter) return size
  }
  return size
}

/** The JSON text of any value that was JSON once, however deep. */
export function jsonText(value: unknown): string {
  return isDeeperThan(value, DEPTH_MAX) ? '[nested too deeply]' : JSON.stringify(value)
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((item) => isDeeperThan(item, levels - 1))
  if (isObject(value)) {
    return Object.values(value).some((item) => isDeeperThan(item, levels - 1))
  }
  return false
}
