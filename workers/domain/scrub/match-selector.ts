import type { PathItem, Selector } from './selector.ts'
import { BROAD_TYPES } from './value-type.ts'

/** May a field hold personal data (spec/event-processing.md §5.4)? */
export type Pii = 'true' | 'maybe' | 'false'

/** The levels from the event to one of its places. Level 0 is the event itself, which has no key. */
export interface Place {
  readonly keys: readonly (string | number)[]
  /** Bits of VALUE_TYPE. */
  readonly types: readonly number[]
  /** Number of the last level. */
  depth: number
}

type Path = readonly PathItem[]

/**
 * Whether an advanced rule with this selector applies here. A field that may hold personal data is
 * reached by naming it; one that holds none is never reached.
 */
export function selects(selector: Selector, place: Place, pii: Pii): boolean {
  if (pii === 'false') return false
  return pii === 'true' ? covers(selector, place) : namesIt(selector, place)
}

/** Whether the selector describes the place, whatever the field may hold. */
export function covers(selector: Selector, place: Place): boolean {
  switch (selector.kind) {
    case 'path':
      return pathCovers(selector.items, place)
    case 'and':
      return selector.of.every((each) => covers(each, place))
    case 'or':
      return selector.of.some((each) => covers(each, place))
    case 'not':
      return !covers(selector.of, place)
  }
}

/** Whether the selector describes the place by a path of its own. */
function namesIt(selector: Selector, place: Place): boolean {
  switch (selector.kind) {
    case 'path':
      return isSpecific(selector.items) && pathCovers(selector.items, place)
    case 'and': {
      const [exclusions, claims] = split(selector.of, ({ kind }) => kind === 'not')
      const isNamed = claims.length > 0 && claims.every((each) => namesIt(each, place))
      return isNamed && exclusions.every((each) => covers(each, place))
    }
    case 'or':
      return selector.of.some((each) => namesIt(each, place))
    case 'not':
      return false
  }
}

/** A type only in front, no `**`, and more than "any string". */
function isSpecific(items: Path): boolean {
  return items.every((item, index) => {
    if (item.kind === 'deep') return false
    if (item.kind !== 'type') return true
    return index === 0 && (items.length > 1 || (item.type & BROAD_TYPES) === 0)
  })
}

/** A path is read from the leaf upwards; with `**` its front is anchored at the event. */
function pathCovers(items: Path, place: Place): boolean {
  let level = place.depth
  for (let index = items.length - 1; index >= 0; index -= 1, level -= 1) {
    const item = items[index]!
    if (item.kind === 'deep') return frontCovers(items, index, place, level)
    if (level < 0 || !isAt(item, place, level)) return false
  }
  return true
}

/**
 * Whether what stands before `**` stands at the top of the place, ending at or above `level`, where the
 * rest of the path begins. At the end of a path `**` stands for one level at least.
 */
function frontCovers(items: Path, deep: number, place: Place, level: number): boolean {
  const last = deep === items.length - 1 ? level - 1 : level
  if (deep === 0) return last >= 0
  // A type may stand anywhere above, a key only below the event.
  const isFloating = items[0]!.kind === 'type'
  for (let start = isFloating ? 0 : 1; start + deep - 1 <= last; start += 1) {
    if (standsAt(items, deep, place, start)) return true
    if (!isFloating) return false
  }
  return false
}

function standsAt(items: Path, count: number, place: Place, start: number): boolean {
  for (let index = 0; index < count; index += 1) {
    if (!isAt(items[index]!, place, start + index)) return false
  }
  return true
}

function isAt(item: PathItem, { keys, types }: Place, level: number): boolean {
  switch (item.kind) {
    case 'type':
      return (types[level]! & item.type) !== 0
    case 'key': {
      const key = keys[level]!
      return level > 0 && typeof key === 'string' && key.toLowerCase() === item.key
    }
    case 'index':
      return level > 0 && String(keys[level]) === String(item.index)
    case 'any':
      return level > 0
    case 'deep':
      return true
  }
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))]
}
