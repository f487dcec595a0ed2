import { isObject } from '../../json.ts'
import type { Json, Meta, MetaTree } from '../event.ts'
import { type Dictionary, setOwn } from '../own-key.ts'
import { jsonSize, ORIGINAL_SIZE_MAX } from './json-size.ts'

/** Deepest place an SDK's notes may be about; events are less deep than that. */
const DEPTH_MAX = 50

/** Reads the `_meta` an SDK sent. What is not of its shape is dropped: nobody could show it. */
export function readMeta(value: unknown): MetaTree {
  return isObject(value) ? readNode(value, DEPTH_MAX) : {}
}

function readNode(value: Dictionary, depth: number): MetaTree {
  const node: MetaTree = {}
  if (depth === 0) return node
  for (const [key, child] of Object.entries(value)) {
    if (!isObject(child)) continue
    if (key === '') node[''] = readNotes(child)
    else setOwn(node, key, readNode(child, depth - 1))
  }
  return node
}

function readNotes({ rem, err, len, val }: Dictionary): Meta {
  const meta: Meta = {}
  const remarks = Array.isArray(rem) ? rem.filter(isRemark) : []
  const errors = Array.isArray(err) ? err.filter(isError) : []
  if (remarks.length > 0) meta.rem = remarks
  if (errors.length > 0) meta.err = errors
  if (typeof len === 'number') meta.len = len
  if ((val ?? null) !== null && isSmall(val)) meta.val = val as Json
  return meta
}

/** What is bigger is not worth keeping, and what is small is not deep. */
function isSmall(value: unknown): boolean {
  return jsonSize(value, ORIGINAL_SIZE_MAX) < ORIGINAL_SIZE_MAX
}

function isRemark(value: unknown): value is (string | number)[] {
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) return false
  return value.every((part, index) => typeof part === (index < 2 ? 'string' : 'number'))
}

function isError(value: unknown): value is string | [string, Dictionary] {
  if (typeof value === 'string') return true
  if (!Array.isArray(value) || value.length !== 2) return false
  return typeof value[0] === 'string' && isObject(value[1]) && isSmall(value[1])
}
