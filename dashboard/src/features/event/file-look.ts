import type { Attachment } from '#contract/attachment.ts'

/** How a file is shown on the page; `none` can only be saved. */
export type FileLook = 'picture' | 'tree' | 'text' | 'none'

/** Formats a browser decodes to pixels and nothing else. SVG is a document, so it is read as text. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
const PICTURE_BYTES_MAX = 8 * 1024 * 1024
/** More text than this is for an editor. */
const TEXT_BYTES_MAX = 512 * 1024
const TEXT_TYPE =
  /^text\/|^image\/svg\+xml$|^application\/(?:json|xml|javascript|x-ndjson|yaml|toml|x-sh)$|[+](?:json|xml)$/

export function fileLook({ type, mimetype, size }: Attachment): FileLook {
  if (size === 0) return 'none'
  if (PICTURES.includes(mimetype)) return size <= PICTURE_BYTES_MAX ? 'picture' : 'none'
  if (size > TEXT_BYTES_MAX) return 'none'
  if (type === 'event.view_hierarchy') return 'tree'
  return TEXT_TYPE.test(mimetype) ? 'text' : 'none'
}

/** What a file is, in a word, where its name does not say it. */
const KINDS: Record<string, string> = {
  'event.view_hierarchy': 'view hierarchy',
  'event.minidump': 'minidump',
  'event.applecrashreport': 'Apple crash report',
  'unreal.context': 'Unreal context',
  'unreal.logs': 'Unreal log',
}

export function fileKind({ type, mimetype }: Attachment): string {
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? mimetype) : mimetype
}
