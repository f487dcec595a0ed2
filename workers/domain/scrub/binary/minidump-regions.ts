/*
 * Where a minidump (Microsoft's `minidumpapiset.h`, and Breakpad's additions for Linux) holds memory
 * and names. All numbers are little-endian; `rva` is an offset in the file.
 *
 *   header     "MDMP" ·4  version ·4  streams ·4  directory rva ·4  …
 *   directory  type ·4  size ·4  rva ·4, for each stream
 *   threads    count ·4, then 48 each: … stack start ·8  size ·4  rva ·4 at 24 …
 *   memory     count ·4, then 16 each: start ·8  size ·4  rva ·4
 *   memory 64  count ·8  rva ·8, then 16 each: start ·8  size ·8, one behind the other from the rva on
 *   modules    count ·4, then 108 each: … name rva ·4 at 20 …; a name is size ·4 and UTF-16LE
 */

export const REGION_KINDS = [
  'stack_memory',
  'heap_memory',
  'environ',
  'cmdline',
  'code_file',
] as const
export type RegionKind = (typeof REGION_KINDS)[number]

/** Bytes `start` to `end` of the file. */
export interface Region {
  kind: RegionKind
  start: number
  end: number
}

const SIGNATURE = 0x504d444d
const STREAMS_MAX = 1000
const ENTRIES_MAX = 100_000

const STREAM = {
  threads: 3,
  modules: 4,
  memory: 5,
  memory64: 9,
  linuxCommandLine: 0x47670006,
  linuxEnvironment: 0x47670007,
} as const

/** The regions of a minidump; null when the bytes are none, or a broken one. */
export function minidumpRegions(bytes: Uint8Array): Region[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (view.getUint32(0, true) !== SIGNATURE) return null
    const count = view.getUint32(8, true)
    if (count > STREAMS_MAX) return null
    const directory = view.getUint32(12, true)
    const regions = Array.from({ length: count }, (_, index) => {
      const entry = directory + 12 * index
      return streamRegions(view, view.getUint32(entry, true), {
        start: view.getUint32(entry + 8, true),
        end: view.getUint32(entry + 8, true) + view.getUint32(entry + 4, true),
      })
    }).flat()
    return withStacks(regions).filter(({ start, end }) => start < end && end <= bytes.length)
  } catch (error) {
    if (error instanceof RangeError) return null // points behind the end: not a whole minidump
    throw error
  }
}

function streamRegions(view: DataView, type: number, stream: Omit<Region, 'kind'>): Region[] {
  switch (type) {
    case STREAM.threads:
      return entries(view, stream.start + 4, view.getUint32(stream.start, true), 48, (at) =>
        region('stack_memory', view.getUint32(at + 36, true), view.getUint32(at + 32, true)),
      )
    case STREAM.memory:
      return entries(view, stream.start + 4, view.getUint32(stream.start, true), 16, (at) =>
        region('heap_memory', view.getUint32(at + 12, true), view.getUint32(at + 8, true)),
      )
    case STREAM.memory64: {
      let rva = Number(view.getBigUint64(stream.start + 8, true))
      const count = Number(view.getBigUint64(stream.start, true))
      return entries(view, stream.start + 16, count, 16, (at) => {
        const found = region('heap_memory', rva, Number(view.getBigUint64(at + 8, true)))
        rva = found.end
        return found
      })
    }
    case STREAM.modules:
      return entries(view, stream.start + 4, view.getUint32(stream.start, true), 108, (at) => {
        const name = view.getUint32(at + 20, true)
        return region('code_file', name + 4, view.getUint32(name, true))
      })
    case STREAM.linuxCommandLine:
      return [{ kind: 'cmdline', ...stream }]
    case STREAM.linuxEnvironment:
      return [{ kind: 'environ', ...stream }]
    default:
      return []
  }
}

function entries(
  view: DataView,
  start: number,
  count: number,
  width: number,
  read: (at: number) => Region,
): Region[] {
  const isWhole = count <= ENTRIES_MAX && start + count * width <= view.byteLength
  if (!isWhole) throw new RangeError('more entries than bytes')
  return Array.from({ length: count }, (_, index) => read(start + index * width))
}

function region(kind: RegionKind, start: number, size: number): Region {
  return { kind, start, end: start + size }
}

/** Memory lists repeat the stacks of threads; what a thread calls its stack is not heap. */
function withStacks(regions: Region[]): Region[] {
  const stacks = new Set(
    regions.filter(({ kind }) => kind === 'stack_memory').map(({ start }) => start),
  )
  return regions.filter(({ kind, start }) => kind !== 'heap_memory' || !stacks.has(start))
}
