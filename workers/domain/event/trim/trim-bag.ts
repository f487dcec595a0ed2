/**
 * Bags hold whatever an SDK's user put there: `extra`, variables, request bodies. They are cut to a
 * depth and to an estimated size as JSON (spec/event-processing.md §2.1).
 *
 * The walk is depth-first, keys in sorted order. Each item costs its own JSON size plus one; keys
 * are free; a container is paid for after what it holds. Text is cut to what is left, and once
 * nothing is left the rest of the container is dropped. A container one level above the depth limit
 * becomes its JSON text. Nearly every bag fits: that is found out first, without copying.
 */
import { isObject } from '../../json.ts'
import { type Dictionary, setOwn } from '../own-key.ts'
import { jsonText } from '../schema/json-size.ts'
import type { Notes } from '../schema/notes.ts'
import { trimText } from './trim-text.ts'

export interface BagLimit {
  /** Levels, the bag itself counted. */
  depth: number
  /** Estimated characters of JSON. */
  size: number
}

/** Budgets of the bags we are in, outermost first; an item pays into each. */
type Budgets = { left: number }[]

/** The value within its limit: itself where it fits, else a smaller copy. */
export function trimBag(value: unknown, limit: BagLimit, notes: Notes): unknown {
  if (fitsBag(value, limit)) return value
  return trimItem(value, limit.depth, [{ left: limit.size }], notes)
}

/** A bag of bags: all of it within one limit, and each entry within its own. */
export function trimEntries(
  bag: Dictionary,
  whole: BagLimit,
  entry: BagLimit,
  notes: Notes,
): Dictionary {
  const keys = Object.keys(bag).sort()
  if (fitsBag(bag, whole) && keys.every((key) => fitsBag(bag[key], entry))) return bag
  const budget = { left: whole.size }
  const depth = Math.min(entry.depth, whole.depth - 1)
  return trimKeys(bag, keys, [budget], notes, (value) =>
    trimItem(value, depth, [budget, { left: entry.size }], notes),
  )
}

/** True when nothing has to be cut. Stops as soon as that is not so. */
export function fitsBag(value: unknown, { depth, size }: BagLimit): boolean {
  return sizeWithin(value, depth, size) <= size
}

/** What an item costs with all it holds; infinity once that exceeds `left` or the depth. */
function sizeWithin(value: unknown, depth: number, left: number): number {
  if (typeof value !== 'object' || value === null) return ownSize(value)
  if (depth <= 1) return Number.POSITIVE_INFINITY
  let size = ownSize(value)
  if (Array.isArray(value)) {
    for (const item of value) {
      size += sizeWithin(item, depth - 1, left - size)
      if (size > left) return Number.POSITIVE_INFINITY
    }
    return size
  }
  // `for … in` over JSON makes no list of what it walks.
  for (const key in value) {
    size += sizeWithin((value as Dictionary)[key], depth - 1, left - size)
    if (size > left) return Number.POSITIVE_INFINITY
  }
  return size
}

/** Its own JSON size (text with quotes, containers empty) and one for what parts it from the next. */
function ownSize(value: unknown): number {
  if (typeof value === 'string') return value.length + 3
  if (typeof value === 'object' && value !== null) return 3
  return String(value).length + 1
}

function trimItem(value: unknown, depth: number, budgets: Budgets, notes: Notes): unknown {
  const isContainer = typeof value === 'object' && value !== null
  const item = isContainer && depth <= 1 ? jsonText(value) : value
  const trimmed = trimInside(item, depth, budgets, notes)
  pay(budgets, ownSize(trimmed))
  return trimmed
}

function trimInside(item: unknown, depth: number, budgets: Budgets, notes: Notes): unknown {
  if (typeof item === 'string') return trimText(item, remaining(budgets), 0, notes)
  if (Array.isArray(item)) {
    const kept: unknown[] = []
    for (const [index, value] of item.entries()) {
      if (remaining(budgets) <= 0) break
      notes.enter(index)
      kept.push(trimItem(value, depth - 1, budgets, notes))
      notes.leave()
    }
    if (kept.length < item.length) notes.originalLength(item.length)
    return kept
  }
  if (!isObject(item)) return item
  return trimKeys(item, Object.keys(item).sort(), budgets, notes, (value) =>
    trimItem(value, depth - 1, budgets, notes),
  )
}

/** The keys there is budget for, each value trimmed. */
function trimKeys(
  source: Dictionary,
  keys: string[],
  budgets: Budgets,
  notes: Notes,
  trim: (value: unknown) => unknown,
): Dictionary {
  const kept: Dictionary = {}
  for (const key of keys) {
    if (remaining(budgets) <= 0) {
      notes.originalLength(keys.length)
      return kept
    }
    notes.enter(key)
    setOwn(kept, key, trim(source[key]))
    notes.leave()
  }
  return kept
}

function remaining(budgets: Budgets): number {
  return Math.min(...budgets.map(({ left }) => left))
}

function pay(budgets: Budgets, size: number): void {
  for (const budget of budgets) budget.left = Math.max(0, budget.left - size)
}
