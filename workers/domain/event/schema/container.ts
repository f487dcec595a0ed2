/** How containers of the wire are read (spec/event-processing.md §1.1). */
import { isObject } from '../../json.ts'
import type { Pair, Values } from '../event.ts'
import { type Dictionary, getOwn, setOwn } from '../own-key.ts'
import type { Notes } from './notes.ts'
import type { Reader } from './scalar.ts'

export interface Field {
  read: Reader<unknown>
  /** Older names of the same thing, the one to prefer first. */
  aliases?: string[]
}

export interface ObjectOptions {
  /** Fields without which the object means little: their absence is noted, the object stays. */
  required?: string[]
  /** Unknown keys vanish, stay as they are, or are told to a function (the current place is theirs). */
  unknown?: 'drop' | 'keep' | ((key: string, notes: Notes) => void)
}

interface Slot {
  name: string
  read: Reader<unknown>
  /** Names that, when present, are heard instead of this one. */
  rivals: string[]
}

/** An object of known fields, each either a reader or a reader with aliases. */
export function object<Value extends object>(
  fields: Record<string, Reader<unknown> | Field>,
  { required = [], unknown = 'drop' }: ObjectOptions = {},
): Reader<Value> {
  const slots = new Map<string, Slot>()
  for (const [name, field] of Object.entries(fields)) {
    const { read, aliases = [] } = typeof field === 'function' ? { read: field } : field
    const names = [name, ...aliases]
    for (const [rank, key] of names.entries()) {
      slots.set(key, { name, read, rivals: names.slice(0, rank) })
    }
  }
  return (value, notes) => {
    if (!isObject(value)) return notes.invalid('expected an object', value)
    const result: Dictionary = {}
    for (const key in value) {
      const slot = slots.get(key)
      if (slot) readField(value, key, slot, result, notes)
      else if (unknown === 'keep') setOwn(result, key, value[key])
      else if (unknown !== 'drop') notes.at([key], () => unknown(key, notes))
    }
    for (const name of required) {
      if ((result[name] ?? null) !== null) continue
      // What was sent and could not be read has its note already.
      notes.at(
        [name],
        () => notes.hasErrors || notes.error('missing_attribute', { attribute: name }),
      )
    }
    return result as Value
  }
}

function readField(
  source: Dictionary,
  key: string,
  { name, read, rivals }: Slot,
  result: Dictionary,
  notes: Notes,
): void {
  if (key !== name) {
    if (rivals.some((rival) => Object.hasOwn(source, rival))) return
    notes.rename((child) => (child === key ? [name] : [child]))
  }
  result[name] = readItem(source[key], name, read, notes)
}

/** An array; elements that cannot be read stay as null, so that positions keep their meaning. */
export function list<Value>(read: Reader<Value>): Reader<(Value | null)[]> {
  return (value, notes) => {
    if (!Array.isArray(value)) return notes.invalid('expected an array', value)
    return value.map((item: unknown, index) => readItem(item, index, read, notes))
  }
}

/** Reads what stands under a key of the current place; null is null. */
export function readItem<Value>(
  item: unknown,
  key: number | string,
  read: Reader<Value>,
  notes: Notes,
): Value | null {
  if (item === null || item === undefined) return null
  notes.enter(key)
  const result = read(item, notes)
  notes.leave()
  return result
}

/** `[…]`, `{values: […]}` or one bare object; nothing in it is nothing. */
export function values<Value>(read: Reader<Value>): Reader<Values<Value>> {
  const readList = list(read)
  return (value, notes) => {
    if (Array.isArray(value)) {
      notes.rename((index) => ['values', index])
      return wrap(notes.at(['values'], () => readList(value, notes)))
    }
    if (!isObject(value)) return notes.invalid('expected a list or values object', value)
    if (Object.hasOwn(value, 'values')) {
      const items = value['values'] ?? null
      return items === null ? null : wrap(notes.at(['values'], () => readList(items, notes)))
    }
    if (Object.keys(value).length === 0) return null
    notes.rename((key) => ['values', '0', key])
    return wrap(notes.at(['values'], () => readList([value], notes)))
  }
}

function wrap<Value>(items: (Value | null)[] | null): Values<Value> | null {
  return items === null || items.length === 0 ? null : { values: items }
}

/** A map from names we do not know to values of one kind. */
export function record<Value>(read: Reader<Value>): Reader<Record<string, Value | null>> {
  return (value, notes) => {
    if (!isObject(value)) return notes.invalid('expected an object', value)
    const result: Record<string, Value | null> = {}
    for (const key of Object.keys(value))
      setOwn(result, key, readItem(value[key], key, read, notes))
    return result
  }
}

/**
 * `{key: value}` (then sorted by key) or `[[key, value], …]` (then in its order) → pairs. What is
 * no pair stays as null.
 */
export function pairs(readKey: Reader<string>, readValue: Reader<string>): Reader<Pair[]> {
  return (value, notes) => {
    const entries = pairEntries(value, notes)
    return (
      entries?.map((entry, index) => {
        if (entry === null) return null
        notes.enter(index)
        const pair = readPair(entry, readKey, readValue, notes)
        notes.leave()
        return pair
      }) ?? null
    )
  }
}

function pairEntries(value: unknown, notes: Notes): unknown[] | null {
  if (Array.isArray(value)) return value
  if (!isObject(value)) return notes.invalid('expected a list of pairs', value)
  const keys = Object.keys(value).sort()
  let ranks: Map<string, number> | null = null // most events have no notes here to move
  notes.rename((key) => {
    ranks ??= new Map(keys.map((name, rank) => [name, rank]))
    const rank = ranks.get(key)
    return rank === undefined ? null : [rank, 1]
  })
  return keys.map((key) => [key, getOwn(value, key)])
}

function readPair(
  entry: unknown,
  readKey: Reader<string>,
  readValue: Reader<string>,
  notes: Notes,
): Pair {
  if (!Array.isArray(entry) || entry.length !== 2) return notes.invalid('expected a tuple', entry)
  return [readItem(entry[0], 0, readKey, notes), readItem(entry[1], 1, readValue, notes)]
}
