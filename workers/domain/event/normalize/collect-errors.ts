import { isObject } from '../../json.ts'
import type { EventError, Json, MetaTree } from '../event.ts'
import { Notes } from '../schema/notes.ts'
import { trimBag } from '../trim/trim-bag.ts'
import type { Draft } from './draft.ts'

/** Errors one event lists. Ours: people read a few, and each costs a row on the page. */
const ERRORS_MAX = 100
/** An error an SDK sent; what is bigger is cut. */
const ERROR_LIMIT = { depth: 4, size: 2048 }

/** Every error of `_meta` is listed too, with the place it is about (spec §2.3). */
export function collectErrors(event: Draft, notes: Notes): void {
  const sent = (event.errors ?? []).filter((error) => typeof error?.type === 'string')
  const errors = new Map<string, EventError>()
  for (const error of concat(sent, errorsOf(notes.tree, ''))) {
    if (errors.size >= ERRORS_MAX) break
    const listed = trimBag(error, ERROR_LIMIT, new Notes()) as EventError
    // A second pass over the same event finds what the first has listed.
    errors.set(JSON.stringify(listed), listed)
  }
  event.errors = [...errors.values()]
}

function* concat<Item>(...lists: Iterable<Item>[]): Generator<Item> {
  for (const list of lists) yield* list
}

function* errorsOf(node: MetaTree, name: string): Generator<EventError> {
  const { err, val } = node[''] ?? {}
  for (const [index, error] of (err ?? []).entries()) {
    const [type, data] = typeof error === 'string' ? [error, {}] : error
    const value: { value?: Json } = index === 0 && val !== undefined ? { value: val } : {}
    yield { ...data, type, name, ...value }
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== '' && isObject(child))
      yield* errorsOf(child as MetaTree, name ? `${name}.${key}` : key)
  }
}
