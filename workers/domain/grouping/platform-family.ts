/** Platforms whose frames are read the same way (spec/grouping.md §6). */
export type PlatformFamily = 'javascript' | 'native' | 'java' | 'other'

const FAMILIES = new Map<string, PlatformFamily>([
  ['javascript', 'javascript'],
  ['node', 'javascript'],
  ['native', 'native'],
  ['c', 'native'],
  ['objc', 'native'],
  ['cocoa', 'native'],
  ['swift', 'native'],
  ['java', 'java'],
  ['groovy', 'java'],
])

export function platformFamily(platform: string): PlatformFamily {
  return FAMILIES.get(platform) ?? 'other'
}
