import { minidumpRegions, REGION_KINDS, type Region } from './binary/minidump-regions.ts'
import { type Encoding, redactBytes } from './binary/redact-bytes.ts'
import type { Application } from './compile-advanced.ts'
import { compileScrubbing } from './compile-scrubbing.ts'
import { type Pii, type Place, selects } from './match-selector.ts'
import type { Scrubbing } from './scrubbing.ts'
import { VALUE_TYPE } from './value-type.ts'

const { attachments, binary, heap_memory, minidump, stack_memory, string } = VALUE_TYPE

/**
 * An attachment without what advanced rules hit; default rules leave attachments alone
 * (spec/event-processing.md §5.6). The bytes given are not changed; those returned are as many. The
 * same come back when no rule hits, without having been read when none applies.
 */
export function scrubAttachment(bytes: Uint8Array, name: string, scrubbing: Scrubbing): Uint8Array {
  return scrubPlaces(bytes, scrubbing, [wholeFile(bytes, name, binary)])
}

/** A minidump: its memory, environment and paths. One that cannot be read is an attachment. */
export function scrubMinidump(bytes: Uint8Array, name: string, scrubbing: Scrubbing): Uint8Array {
  const { applications } = compileScrubbing(scrubbing)
  if (applications.length === 0) return bytes
  const regions = minidumpRegions(bytes)
  if (regions)
    return scrubPlaces(
      bytes,
      scrubbing,
      regions.map((region) => inDump(bytes, name, region)),
    )
  return scrubPlaces(bytes, scrubbing, [wholeFile(bytes, name, binary | minidump)])
}

/** Whether a rule could hit in such a file: where none can, it need not be read. */
export function mayScrubAttachment(
  name: string,
  scrubbing: Scrubbing,
  { isMinidump }: { isMinidump: boolean },
): boolean {
  const { applications } = compileScrubbing(scrubbing)
  if (applications.length === 0) return false
  const none = new Uint8Array(0)
  const places = isMinidump
    ? [
        wholeFile(none, name, binary | minidump),
        ...REGION_KINDS.map((kind) => inDump(none, name, { kind, start: 0, end: 0 })),
      ]
    : [wholeFile(none, name, binary)]
  return places.some(({ place, pii }) => rulesFor(applications, place, pii).length > 0)
}

/** Bytes and what a selector can say of them. */
interface BinaryPlace {
  place: Place
  pii: Pii
  start: number
  end: number
  encoding: Encoding
}

/** A file all of which is one place. */
function wholeFile(bytes: Uint8Array, name: string, type: number): BinaryPlace {
  const place: Place = { keys: ['', name], types: [attachments, type], depth: 1 }
  return { place, pii: 'true', start: 0, end: bytes.length, encoding: 'utf-8' }
}

/** A stack holds what is needed to walk it: it must be named to be touched. */
function inDump(bytes: Uint8Array, name: string, { kind, start, end }: Region): BinaryPlace {
  const type = {
    stack_memory: binary | stack_memory,
    heap_memory: binary | heap_memory,
    environ: binary,
    cmdline: binary,
    code_file: string,
  }[kind]
  const place: Place = {
    keys: ['', name, kind],
    types: [attachments, binary | minidump, type],
    depth: 2,
  }
  const pii = kind === 'stack_memory' ? 'maybe' : 'true'
  if (kind !== 'code_file') return { place, pii, start, end, encoding: 'utf-8' }
  return { place, pii, start, end: folderEnd(bytes, start, end), encoding: 'utf-16le' }
}

/** Of a path in UTF-16LE only the folder is scrubbed: the file's name tells which module it is. */
function folderEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = end - 2; at >= start; at -= 2) {
    const isSlash = bytes[at] === 0x2f || bytes[at] === 0x5c
    if (isSlash && bytes[at + 1] === 0) return at
  }
  return start
}

function scrubPlaces(
  bytes: Uint8Array,
  scrubbing: Scrubbing,
  places: readonly BinaryPlace[],
): Uint8Array {
  const { applications } = compileScrubbing(scrubbing)
  let result = bytes
  for (const { place, pii, start, end, encoding } of places) {
    for (const rule of rulesFor(applications, place, pii)) {
      const copy = result === bytes ? bytes.slice() : result
      if (redactBytes(copy.subarray(start, end), rule, encoding)) result = copy
    }
  }
  return result
}

function rulesFor(applications: readonly Application[], place: Place, pii: Pii) {
  return applications
    .filter(({ selector }) => selects(selector, place, pii))
    .flatMap(({ rules }) => rules)
}
