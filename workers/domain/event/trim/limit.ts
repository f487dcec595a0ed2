/** What limits are made of; `limits.ts` is the table. */
import { isObject } from '../../json.ts'
import type { Notes } from '../schema/notes.ts'
import { fitsBag, trimBag } from './trim-bag.ts'
import { trimText } from './trim-text.ts'

export interface Limit {
  /** True where nothing has to be done: nearly always, so it is asked first and costs little. */
  fits(value: unknown): boolean
  /** The value within its limit. Objects of our own making are trimmed in place. */
  trim(value: unknown, notes: Notes): unknown
}

/** Characters, and how many more are let through rather than cut. */
export function text(charsMax: number, allowance = 0): Limit {
  return {
    fits: (value) => typeof value !== 'string' || value.length <= charsMax,
    trim: (value, notes) =>
      typeof value === 'string' ? trimText(value, charsMax, allowance, notes) : value,
  }
}

/** Levels, and characters of JSON. */
export function bag(depth: number, size: number): Limit {
  const limit = { depth, size }
  return {
    fits: (value) => fitsBag(value, limit),
    trim: (value, notes) => trimBag(value, limit, notes),
  }
}

/** An object of our own with a limit for each of some fields. */
export function fields(limits: Record<string, Limit>): Limit {
  const entries = Object.entries(limits)
  return container((value, notes) => {
    if (!isObject(value)) return value
    for (const [key, limit] of entries) {
      const item = value[key]
      if (item === undefined || limit.fits(item)) continue
      notes.enter(key)
      value[key] = limit.trim(item, notes)
      notes.leave()
    }
    return value
  })
}

/** A list of our own. */
export function each({ fits, trim }: Limit): Limit {
  return container((value, notes) => {
    if (!Array.isArray(value)) return value
    for (let index = 0; index < value.length; index += 1) {
      if (fits(value[index])) continue
      notes.enter(index)
      value[index] = trim(value[index], notes)
      notes.leave()
    }
    return value
  })
}

/** Several limits of one value, in this order. */
export function every(...limits: Limit[]): Limit {
  return container((value, notes) =>
    limits.reduce((trimmed, { trim }) => trim(trimmed, notes), value),
  )
}

/** What has to be walked to know whether it fits. */
export function container(trim: Limit['trim']): Limit {
  return { fits: (value) => typeof value !== 'object' || value === null, trim }
}
