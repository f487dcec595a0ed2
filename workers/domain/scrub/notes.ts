import type { Meta, MetaTree } from '../event/event.ts'

/** What a scrubbing notes, as a tree beside the event's own `_meta`, which is laid over it at the end. */
export interface Notes {
  note: Meta | null
  /** The value went: what was noted below it goes too. */
  isLeaf: boolean
  readonly below: Map<string, Notes>
}

export function emptyNotes(): Notes {
  return { note: null, isLeaf: false, below: new Map() }
}

/** Notes something about a place. A path through an empty key has no place in `_meta` and is dropped. */
export function putNote(notes: Notes, path: readonly string[], note: Meta, isLeaf: boolean): void {
  if (path.includes('')) return
  let node = notes
  for (const key of path) {
    let next = node.below.get(key)
    if (!next) {
      next = emptyNotes()
      node.below.set(key, next)
    }
    node = next
  }
  node.note = note
  node.isLeaf = isLeaf
}

/** The tree with the notes in it; the tree itself is not changed. */
export function withNotes(tree: MetaTree | undefined, notes: Notes): MetaTree {
  const kept = notes.isLeaf ? {} : tree
  // Without a prototype, so that a key such as `__proto__` is a key.
  const result: MetaTree = Object.assign(Object.create(null), kept)
  if (notes.note) result[''] = notes.note
  for (const [key, below] of notes.below) result[key] = withNotes(treeBelow(tree, key), below)
  return result
}

export function treeBelow(tree: MetaTree | undefined, key: string): MetaTree | undefined {
  if (tree === undefined || key === '' || !Object.hasOwn(tree, key)) return undefined
  const below = tree[key]
  return isTree(below) ? below : undefined
}

export function metaOf(tree: MetaTree | undefined): Meta | undefined {
  if (tree === undefined || !Object.hasOwn(tree, '')) return undefined
  return isTree(tree['']) ? tree[''] : undefined
}

/** `_meta` comes from SDKs too, and may be anything. */
export function isTree(value: unknown): value is MetaTree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
