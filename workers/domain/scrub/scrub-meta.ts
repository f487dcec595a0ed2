import type { Meta, MetaTree, PicketEvent } from '../event/event.ts'
import type { CompiledScrubbing } from './compile-scrubbing.ts'
import { EVENT } from './event-shape.ts'
import type { Hit } from './hit.ts'
import { emptyNotes, isTree, metaOf } from './notes.ts'
import { LEVELS_MAX, Scrubber } from './scrubber.ts'
import { free, type Shape, shapeBelow } from './shape.ts'

/*
 * Originals outside their place: `_meta` keeps the value a field had before it was found wrong, and
 * `errors` repeats it. Each is scrubbed as it would be where it came from.
 */

/** What notes say besides. */
const REASON = free('false', 'sentence')
const REMARK = free('false', 'name')

/** The notes without secrets; an original is dropped that a rule takes altogether. */
export function scrubMeta(tree: MetaTree, event: PicketEvent, rules: CompiledScrubbing): MetaTree {
  return scrubNode(tree, [], event, rules)
}

/** The errors without secrets. `hits`: what they hide, if somebody asks. */
export function scrubErrors(
  errors: NonNullable<PicketEvent['errors']>,
  event: PicketEvent,
  rules: CompiledScrubbing,
  hits: Hit[] | null,
): NonNullable<PicketEvent['errors']> {
  if (!Array.isArray(errors)) return errors
  return errors.map((error) => {
    if (typeof error?.name !== 'string' || error.value === undefined) return error
    const value = scrubOriginal(error.name.split('.'), error.value, event, rules, hits)
    return value === error.value ? error : { ...error, value: value as typeof error.value }
  })
}

function scrubNode(
  node: MetaTree,
  path: string[],
  event: PicketEvent,
  rules: CompiledScrubbing,
): MetaTree {
  const result: MetaTree = Object.create(null)
  const meta = metaOf(node)
  if (meta) result[''] = scrubNote(meta, path, event, rules)
  for (const [key, below] of Object.entries(node)) {
    if (key === '' || !isTree(below) || path.length >= LEVELS_MAX) continue
    result[rules.cleanKey(key)] = scrubNode(below, [...path, key], event, rules)
  }
  return result
}

function scrubNote(
  { val, ...rest }: Meta,
  path: string[],
  event: PicketEvent,
  rules: CompiledScrubbing,
): Meta {
  const walk = new Scrubber(rules, REASON, emptyNotes(), null)
  const note: Meta = { ...rest }
  if (rest.err !== undefined)
    note.err = walk.child(rest.err, 'err', '', REASON, undefined) as typeof rest.err
  if (rest.rem !== undefined)
    note.rem = walk.child(rest.rem, 'rem', '', REMARK, undefined) as typeof rest.rem
  if (val === undefined || val === null) return note
  const original = scrubOriginal(path, val, event, rules, null)
  return original === null ? note : { ...note, val: original as typeof val }
}

/** An original may be anything, since it was found wrong: besides, it is scrubbed as a sentence. */
function scrubOriginal(
  path: string[],
  value: unknown,
  event: PicketEvent,
  rules: CompiledScrubbing,
  hits: Hit[] | null,
): unknown {
  const scrubbed = scrubAt(path, value, event, rules, hits)
  if (typeof scrubbed !== 'string') return scrubbed
  return rules.texts.scrubPlain(scrubbed, 'sentence')
}

/** Scrubs a value as if it stood at a path of the event. */
function scrubAt(
  path: string[],
  value: unknown,
  event: PicketEvent,
  rules: CompiledScrubbing,
  hits: Hit[] | null,
): unknown {
  const walk = new Scrubber(rules, EVENT, emptyNotes(), hits)
  let shape = EVENT
  let here: unknown = event
  for (let level = 0; level < path.length - 1 && level < LEVELS_MAX; level += 1) {
    const key = path[level]!
    const inner = memberOf(here, key)
    // A pair is one level, called by its key: `headers.3.1` is `headers.Cookie`.
    const pairKey = isPairs(shape) && Array.isArray(inner) ? inner[0] : undefined
    if (typeof pairKey === 'string' && level === path.length - 2) {
      const below = shapeBelow(shape, pairKey.toLowerCase())
      return path.at(-1) === '1' ? walk.child(value, pairKey, pairKey, below, undefined) : value
    }
    shape = chosen(shapeBelow(shape, key), inner)
    here = inner
    walk.enter(key, shape)
  }
  const last = path.at(-1) ?? ''
  return walk.child(value, last, last, shapeBelow(shape, last), undefined)
}

function isPairs({ special }: Shape): boolean {
  return special === 'pairs' || special === 'cookies'
}

function chosen(shape: Shape, value: unknown): Shape {
  return shape.choose && typeof value === 'object' && value !== null ? shape.choose(value) : shape
}

function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
