/** How fast a phone or tablet is, so that slow ones can be looked at apart (spec §3.7). */
import type { Dictionary } from './own-key.ts'

/** 1 low, 2 medium, 3 high; text, as it is a tag's value. */
export type DeviceClass = '1' | '2' | '3'

const GIBIBYTE = 1024 ** 3

const APPLE_FAMILIES = new Set(['iPhone', 'iOS', 'iOS-Device'])

/** Models by their generation: the number after the family's name. */
const IPHONE_CLASS: [lastGeneration: number, DeviceClass][] = [
  [8, '1'],
  [12, '2'],
]
const IPAD_CLASS: [lastGeneration: number, DeviceClass][] = [
  [5, '1'],
  [12, '2'],
]
/** The sixth generation of iPads has both the cheapest and professional ones. */
const SLOW_IPADS = new Set(['iPad6,11', 'iPad6,12'])

export function deviceClass(device: Dictionary): DeviceClass | null {
  const { family, model } = device
  if (typeof family === 'string' && APPLE_FAMILIES.has(family)) {
    return typeof model === 'string' ? appleClass(model) : null
  }
  const { processor_frequency: megahertz, processor_count: cores, memory_size: bytes } = device
  if (typeof megahertz !== 'number' || typeof cores !== 'number' || typeof bytes !== 'number') {
    return null
  }
  if (megahertz < 2000 || cores < 8 || bytes < 4 * GIBIBYTE) return '1'
  return megahertz < 2500 || bytes < 6 * GIBIBYTE ? '2' : '3'
}

/** A model that is not known is newer than this table, so it is fast; a browser tells none. */
function appleClass(model: string): DeviceClass | null {
  if (model === 'iPhone' || model === 'iPad') return null
  if (SLOW_IPADS.has(model)) return '1'
  const [, kind, generation] = /^(iPhone|iPad)(\d{1,3}),\d/.exec(model) ?? []
  const table = kind === 'iPhone' ? IPHONE_CLASS : kind === 'iPad' ? IPAD_CLASS : []
  return table.find(([last]) => Number(generation) <= last)?.[1] ?? '3'
}
