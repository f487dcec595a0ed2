/** Compressions a dump may come in inside its part, by their first bytes (spec/ingest.md §1, note f). */
const MAGIC = {
  gzip: [0x1f, 0x8b],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  bzip2: [0x42, 0x5a, 0x68],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
} as const

export type Compression = keyof typeof MAGIC

/** A dump may unpack to this much, 200 MiB. */
export const UNPACKED_BYTES_MAX = 200 * 1024 * 1024

/** How these bytes are compressed; null when they are not. */
export function compressionOf(bytes: Uint8Array): Compression | null {
  const names = Object.keys(MAGIC) as Compression[]
  return names.find((name) => MAGIC[name].every((byte, index) => bytes[index] === byte)) ?? null
}

const SUFFIXES: Record<Compression, string[]> = {
  gzip: ['.gz', '.gzip'],
  xz: ['.xz'],
  bzip2: ['.bz2', '.bzip2'],
  zstd: ['.zst', '.zstd'],
}

/** The name of a file once it is unpacked: `crash.dmp.gz` → `crash.dmp`. */
export function unpackedName(filename: string, compression: Compression): string {
  const lower = filename.toLowerCase()
  const suffix = SUFFIXES[compression].find((end) => lower.endsWith(end) && lower !== end)
  return suffix === undefined ? filename : filename.slice(0, -suffix.length)
}
