/**
 * The form in which crash handlers post a minidump (spec/ingest.md §1, note f): the dump, an event in
 * one of four spellings, breadcrumbs, files, and plain fields.
 *
 *     upload_file_minidump          the dump; perhaps compressed, perhaps a multipart of its own
 *     __sentry-event                the event as MessagePack
 *     __sentry-breadcrumb1, …2      breadcrumbs as MessagePack, one after the other
 *     sentry                        the event as JSON …
 *     sentry__1, sentry__2 …        … or cut into pieces
 *     sentry[user][id]              … or field by field
 */
import { parseEventId } from '../identifier.ts'
import { isObject, parseJson } from '../json.ts'
import type { AttachmentType } from './attachment-type.ts'
import { decodeMsgpack, decodeMsgpackSequence } from './msgpack.ts'

/** What a part is, by the names a client gave it. */
export type FormPart =
  | { kind: 'minidump' }
  | { kind: 'event_msgpack' }
  | { kind: 'breadcrumbs_msgpack' }
  | { kind: 'file'; attachmentType: AttachmentType; filename: string }
  /** A piece of the event, or one of the form's other fields: `assembleForm` tells. */
  | { kind: 'field' }

export function formPart(name: string, filename: string | null): FormPart {
  if (name === 'upload_file_minidump') return { kind: 'minidump' }
  if (name === '__sentry-event') return { kind: 'event_msgpack' }
  if (name === '__sentry-breadcrumb1' || name === '__sentry-breadcrumb2') {
    return { kind: 'breadcrumbs_msgpack' }
  }
  if (filename === null) return { kind: 'field' }
  const isViewHierarchy = name === 'view-hierarchy.json' || filename === 'view-hierarchy.json'
  const attachmentType = isViewHierarchy ? 'event.view_hierarchy' : 'event.attachment'
  return { kind: 'file', attachmentType, filename }
}

/** True for the bytes of a minidump, of either byte order. */
export function isMinidump(bytes: Uint8Array): boolean {
  const magic = String.fromCharCode(...bytes.subarray(0, 4))
  return magic === 'MDMP' || magic === 'PMDM'
}

/** Path of keys in `sentry[a][b]`; deeper ones are nobody's. */
const PATH_MAX = 15
/** Objects of two spellings are merged to this depth; below, the first wins whole. */
const MERGE_DEPTH_MAX = 64

export interface AssembledForm {
  /** What `sentry` in its three spellings says; the first to say a thing wins. */
  event: Record<string, unknown>
  /** All other fields, in order: they become one `form_data` item. */
  formData: [name: string, value: string][]
}

/** Puts together the plain fields of a form, in the order they came. */
export function assembleForm(fields: readonly (readonly [string, string])[]): AssembledForm {
  const formData: [string, string][] = []
  const paths: [path: string[], value: string][] = []
  const chunks = new Map<number, string>()
  let whole: Record<string, unknown> | null = null
  for (const [name, value] of fields) {
    const chunk = /^sentry__(\d{1,6})$/.exec(name)?.[1]
    const path = keyPath(name)
    if (name === 'sentry') whole ??= objectIn(value)
    else if (chunk !== undefined) chunks.set(Number(chunk), value)
    else if (path) paths.push([path, value])
    else formData.push([name, value])
  }
  const inOrder = [...chunks].sort(([a], [b]) => a - b).map(([, value]) => value)
  const event = merge(merge(whole ?? {}, objectIn(inOrder.join(''))), nest(paths))
  return { event, formData }
}

/** The event of a crash: what `__sentry-event` says, then the form, then the breadcrumb files. */
export function assembleCrashEvent(parts: {
  eventMsgpack: Uint8Array | null
  breadcrumbsMsgpack: readonly Uint8Array[]
  form: AssembledForm
}): { event: Record<string, unknown>; isMsgpackInvalid: boolean } {
  const decoded = parts.eventMsgpack && decodeMsgpack(parts.eventMsgpack)
  const files = parts.breadcrumbsMsgpack.map(decodeMsgpackSequence)
  const native = decoded?.ok && isObject(decoded.value) ? decoded.value : {}
  const breadcrumbs = files.flatMap((file) => (file.ok ? file.value : [])).filter(isObject)
  const event = merge(native, parts.form.event)
  return {
    event: breadcrumbs.length > 0 ? merge(event, { breadcrumbs }) : event,
    isMsgpackInvalid: decoded?.ok === false || files.some((file) => !file.ok),
  }
}

/** The first of these that is an event id; null: make one. */
export function firstEventId(...candidates: unknown[]): string | null {
  for (const candidate of candidates) {
    const eventId = parseEventId(candidate)
    if (eventId !== null) return eventId
  }
  return null
}

/** `sentry[a][b]` → `a`, `b`; null for another name, or for brackets that do not pair. */
function keyPath(name: string): string[] | null {
  if (!name.startsWith('sentry[') || !name.endsWith(']')) return null
  const path = name.slice('sentry['.length, -1).split('][')
  return path.length <= PATH_MAX && !path.some((key) => /[[\]]/.test(key)) ? path : null
}

/** Keys are a stranger's, so objects are made of maps, in one step. */
interface Tree extends Map<string, Tree | string> {}

function nest(paths: readonly (readonly [string[], string])[]): Record<string, unknown> {
  const root: Tree = new Map()
  for (const [path, value] of paths) {
    let tree: Tree | string | undefined = root
    for (const key of path.slice(0, -1)) {
      if (!(tree instanceof Map)) break
      if (!tree.has(key)) tree.set(key, new Map())
      tree = tree.get(key)
    }
    const last = path.at(-1)!
    if (tree instanceof Map && !tree.has(last)) tree.set(last, value)
  }
  return objectOf(root)
}

function objectOf(tree: Tree): Record<string, unknown> {
  return Object.fromEntries(
    [...tree].map(([key, value]) => [key, value instanceof Map ? objectOf(value) : value]),
  )
}

/** What `a` says, and of `b` what `a` does not. */
function merge(
  a: Record<string, unknown>,
  b: Record<string, unknown>,
  depth = 0,
): Record<string, unknown> {
  const both = Object.entries(b).map(([key, theirs]) => {
    const ours = Object.hasOwn(a, key) ? a[key] : null
    if (isObject(ours) && isObject(theirs) && depth < MERGE_DEPTH_MAX) {
      return [key, merge(ours, theirs, depth + 1)] as const
    }
    return [key, ours ?? theirs] as const
  })
  return { ...a, ...Object.fromEntries(both) }
}

function objectIn(text: string): Record<string, unknown> {
  const value = parseJson(text)
  return isObject(value) ? value : {}
}
