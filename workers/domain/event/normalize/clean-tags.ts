/** Tags as SDKs may send them (spec/event-processing.md §2.2, §3.4). */
import type { Pair } from '../event.ts'
import type { Notes } from '../schema/notes.ts'
import { countCharacters } from '../text.ts'
import { strayCharacter } from './check-names.ts'
import type { Draft } from './draft.ts'

/** spec/event-processing.md §2.1: longer keys and values are dropped, not cut. */
const KEY_CHARS_MAX = 200
const VALUE_CHARS_MAX = 200

/** Tags only the server derives. `environment` is a field of its own. */
const RESERVED = new Set([
  'release',
  'dist',
  'user',
  'filename',
  'function',
  'device.class',
  'environment',
])

/** Fields that are tags in all but name. */
const FIELDS = ['server_name', 'site'] as const

export function cleanTags(event: Draft, notes: Notes): void {
  const cleaned = notes.at(['tags'], () =>
    (event.tags ?? []).map((tag, index) => clean(tag, index, notes)),
  )
  const stated = cleaned.find((tag) => tag?.[0] === 'environment')?.[1]
  if (stated && !event.environment) event.environment = stated
  const dropped = new Set([...RESERVED, ...FIELDS.filter((field) => event[field])])
  const kept = keepFirst(cleaned, dropped, notes)
  for (const field of FIELDS) {
    if (event[field]) kept.push(fieldTag(field, event[field], kept.length, notes))
    delete event[field]
  }
  if (kept.length > 0) event.tags = kept
  else delete event.tags
}

/** Each key once, the first one sent; what was noted about the others goes with them. */
function keepFirst(tags: Pair[], dropped: Set<string>, notes: Notes): Pair[] {
  const seen = new Set(dropped)
  const positions = new Map<string, string>()
  const kept = tags.filter((tag, index) => {
    const key = tag?.[0]
    if (typeof key === 'string') {
      if (seen.has(key)) return false
      seen.add(key)
    }
    positions.set(String(index), String(positions.size))
    return true
  })
  notes.at(['tags'], () =>
    notes.rename((index) => {
      const position = positions.get(index)
      return position === undefined ? null : [position]
    }),
  )
  return kept
}

function clean(tag: Pair, index: number, notes: Notes): Pair {
  if (!tag) return null
  notes.enter(index)
  const key = notes.at([0], () => cleanKey(tag[0], notes))
  const value = notes.at([1], () => cleanValue(tag[1], notes))
  notes.leave()
  return [key, value]
}

function fieldTag(field: string, value: string, index: number, notes: Notes): Pair {
  return [field, notes.at(['tags', index, 1], () => cleanValue(value, notes))]
}

function cleanKey(sent: string | null, notes: Notes): string | null {
  if (sent === null) return null
  const key = sent.trim().replaceAll(' ', '-')
  if (key === '') return notes.invalid('expected a non-empty value')
  if (isLongerThan(key, KEY_CHARS_MAX)) return refuseLength(notes)
  const stray = /[^a-zA-Z0-9_.:-]/u.exec(key)
  return stray ? notes.invalid(strayCharacter(stray[0]), sent) : key
}

function cleanValue(sent: string | null, notes: Notes): string | null {
  if (sent === null) return null
  const value = sent.trim()
  if (value === '') return notes.invalid('expected a non-empty value')
  if (isLongerThan(value, VALUE_CHARS_MAX)) return refuseLength(notes)
  return value.includes('\n') ? notes.invalid(strayCharacter('\\n'), sent) : value
}

function isLongerThan(text: string, charsMax: number): boolean {
  return text.length > charsMax && countCharacters(text, charsMax) > charsMax
}

function refuseLength(notes: Notes): null {
  notes.error('value_too_long')
  return null
}
