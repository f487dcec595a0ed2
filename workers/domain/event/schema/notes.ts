/**
 * What normalizing has to say about the places of an event, as it will stand in `_meta`
 * (spec/event-processing.md §2.3).
 *
 * Readers and steps walk the event and tell here where they are (`enter`, `leave`), so that a
 * remark needs no path. What an SDK noted itself is kept, and moves along when a step moves the
 * value it belongs to. Most events are flawless: walking then costs a push and a pop per place.
 */
import { isObject } from '../../json.ts'
import type { Json, Meta, MetaTree } from '../event.ts'
import { type Dictionary, getOwn, setOwn } from '../own-key.ts'
import { jsonSize, ORIGINAL_SIZE_MAX } from './json-size.ts'

/**
 * Places we take notes on in one event. Ours: a megabyte of wrong fields must not become ten of
 * complaints. What is beyond is still corrected, only not told.
 */
export const NOTES_MAX = 500

type Key = string | number

export class Notes {
  readonly #root: MetaTree
  readonly #path: Key[] = []
  #taken = 0

  /** `incoming` is what the SDK noted (`readMeta`); it becomes part of the notes. */
  constructor(incoming: MetaTree = {}) {
    this.#root = incoming
  }

  enter(key: Key): void {
    this.#path.push(key)
  }

  leave(): void {
    this.#path.pop()
  }

  /** Does something at a place below the current one. */
  at<Result>(keys: readonly Key[], act: () => Result): Result {
    for (const key of keys) this.#path.push(key)
    const result = act()
    this.#path.length -= keys.length
    return result
  }

  /** The value here makes no sense: it becomes null, the original is kept if it is small. */
  invalid(reason: string, original?: unknown): null {
    this.error('invalid_data', { reason }, original)
    return null
  }

  /** Equal errors of one place are told once. */
  error(kind: string, data?: Dictionary, original?: unknown): void {
    const meta = this.#metaHere()
    if (!meta) return
    const error: string | [string, Dictionary] = data ? [kind, data] : kind
    const text = JSON.stringify(error)
    const isTold = meta.err?.some((other) => JSON.stringify(other) === text)
    if (!isTold) meta.err = [...(meta.err ?? []), error]
    if (original !== undefined) this.#keepOriginal(meta, original)
  }

  get hasErrors(): boolean {
    return (this.#find()?.['']?.err?.length ?? 0) > 0
  }

  /** `type`: x removed, s substituted, m masked, p pseudonymized, a annotated only. */
  remark(rule: string, type: string, range?: [start: number, end: number]): void {
    const meta = this.#metaHere()
    if (meta) meta.rem = [...(meta.rem ?? []), [rule, type, ...(range ?? [])]]
  }

  /** The length before something was cut off: characters or items. The first one told stays. */
  originalLength(length: number): void {
    const meta = this.#metaHere()
    if (meta) meta.len ??= length
  }

  original(value: unknown): void {
    const meta = this.#metaHere()
    if (meta) this.#keepOriginal(meta, value)
  }

  /**
   * What was noted below the current place follows the values it is about: `rename` says the new
   * path of a child, relative to here, or null to forget it. Unchanged keys stay.
   */
  rename(rename: (key: string) => readonly Key[] | null): void {
    const here = this.#find()
    if (!here) return
    const moves: [unknown, readonly Key[]][] = []
    for (const [key, child] of Object.entries(here)) {
      if (key === '' || !isObject(child)) continue
      const path = rename(key)
      if (path?.length === 1 && path[0] === key) continue
      delete here[key]
      if (path) moves.push([child, path])
    }
    for (const [child, path] of moves) {
      let parent = here
      for (const key of path.slice(0, -1)) parent = childOf(parent, String(key))
      setOwn(parent, String(path.at(-1)), child)
    }
  }

  get tree(): MetaTree {
    return this.#root
  }

  #keepOriginal(meta: Meta, value: unknown): void {
    if (meta.val !== undefined || jsonSize(value, ORIGINAL_SIZE_MAX) >= ORIGINAL_SIZE_MAX) return
    meta.val = value as Json
  }

  /** The notes of the current place; null when enough was noted, or where no note can stand. */
  #metaHere(): Meta | null {
    const known = this.#find()?.['']
    if (known) return known
    if (this.#taken >= NOTES_MAX || this.#path.includes('')) return null
    this.#taken += 1
    let node = this.#root
    for (const key of this.#path) node = childOf(node, String(key))
    const meta: Meta = {}
    node[''] = meta
    return meta
  }

  /** The node of the current place, or null where nothing was noted at or below it. */
  #find(): MetaTree | null {
    let node: MetaTree = this.#root
    for (const key of this.#path) {
      const child = getOwn(node, String(key))
      if (!isObject(child)) return null
      node = child as MetaTree
    }
    return node
  }
}

function childOf(node: MetaTree, key: string): MetaTree {
  const child = getOwn(node, key)
  if (isObject(child)) return child as MetaTree
  const made: MetaTree = {}
  setOwn(node, key, made)
  return made
}
