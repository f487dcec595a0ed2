/**
 * The archive in which Unreal Engine's crash reporter posts a crash, inflated. All numbers are little-
 * endian int32, all names a length and that many bytes, filled up with zeros.
 *
 *     newer engines            older engines
 *     'C' 'R' '1'              header, without its figures
 *     header                   file …
 *     file …                   header
 *
 *     header:  directory name · file name · bytes of the whole · number of files
 *     file:    index · name · length · that many bytes
 *
 * Files are views on the archive, not copies. Lengths are a stranger's: none is believed beyond the end.
 */
import { err, ok, type Result } from '../result.ts'
import type { AttachmentType } from './attachment-type.ts'

export interface UnrealFile {
  name: string
  bytes: Uint8Array
}

export interface UnrealCrash {
  /** `UECC-Windows-<32 hex>_0000` and the like. */
  directory: string
  files: UnrealFile[]
}

export type UnrealError =
  | { reason: 'truncated'; at: number }
  | { reason: 'length_invalid'; at: number }
  | { reason: 'too_many_files'; max: number }
  | { reason: 'trailing_bytes'; at: number }

/** As many attachments as an envelope may have (spec/ingest.md §5.4). */
export const UNREAL_FILES_MAX = 30
/** Names are written in 260 bytes; a path may be longer, a name of kilobytes is none. */
const NAME_BYTES_MAX = 4096

/** Reads an archive that has been inflated. Never throws. */
export function parseUnrealCrash(bytes: Uint8Array): Result<UnrealCrash, UnrealError> {
  const reader = new Reader(bytes)
  try {
    const isNewer = reader.skips('CR1')
    const first = readHeader(reader)
    const count = isNewer ? first.count : reader.lastInt()
    if (count < 0) return err({ reason: 'length_invalid', at: reader.at })
    if (count > UNREAL_FILES_MAX) return err({ reason: 'too_many_files', max: UNREAL_FILES_MAX })
    const files = Array.from({ length: count }, () => readFile(reader))
    const header = isNewer ? first : readHeader(reader)
    if (reader.at < bytes.length) return err({ reason: 'trailing_bytes', at: reader.at })
    return ok({ directory: header.directory, files })
  } catch (error) {
    if (error instanceof Unreadable) return err(error.cause as UnrealError)
    throw error
  }
}

/** What a file is for, by its name and how it begins; null for what belongs to the reporter itself. */
export function unrealFileType({ name, bytes }: UnrealFile): AttachmentType | null {
  if (name === 'CrashReportClient.ini') return null
  if (name === 'CrashContext.runtime-xml') return 'unreal.context'
  if (name.toLowerCase().endsWith('.log')) return 'unreal.logs'
  if (startsWith(bytes, 'MDMP') || startsWith(bytes, 'PMDM')) return 'event.minidump'
  if (startsWith(bytes, 'Incident Identifier:')) return 'event.applecrashreport'
  return 'event.attachment'
}

function readHeader(reader: Reader): { directory: string; count: number } {
  const directory = reader.name()
  reader.name()
  reader.int()
  return { directory, count: reader.int() }
}

function readFile(reader: Reader): UnrealFile {
  reader.int()
  const name = reader.name()
  return { name: name || 'unnamed.attachment', bytes: reader.bytes(reader.int()) }
}

/** Stops the reading; it never leaves this file. */
class Unreadable extends Error {
  constructor(cause: UnrealError) {
    super(cause.reason, { cause })
  }
}

class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get at(): number {
    return this.#at
  }

  skips(mark: string): boolean {
    const isThere = startsWith(this.#bytes.subarray(this.#at), mark)
    if (isThere) this.#at += mark.length
    return isThere
  }

  int(): number {
    if (this.#at + 4 > this.#bytes.length)
      throw new Unreadable({ reason: 'truncated', at: this.#at })
    const value = this.#view.getInt32(this.#at, true)
    this.#at += 4
    return value
  }

  lastInt(): number {
    return this.#bytes.length < 4 ? 0 : this.#view.getInt32(this.#bytes.length - 4, true)
  }

  bytes(length: number): Uint8Array {
    if (length < 0) throw new Unreadable({ reason: 'length_invalid', at: this.#at })
    const end = this.#at + length
    if (end > this.#bytes.length) throw new Unreadable({ reason: 'truncated', at: this.#at })
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }

  name(): string {
    const length = this.int()
    if (length > NAME_BYTES_MAX) throw new Unreadable({ reason: 'length_invalid', at: this.#at })
    const part = this.bytes(length)
    const end = part.indexOf(0)
    return new TextDecoder().decode(end === -1 ? part : part.subarray(0, end))
  }
}

function startsWith(bytes: Uint8Array, mark: string): boolean {
  for (let i = 0; i < mark.length; i += 1) if (bytes[i] !== mark.charCodeAt(i)) return false
  return true
}
