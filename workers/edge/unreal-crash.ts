import { parseUnrealCrash, type UnrealFile, unrealFileType } from '#domain/attachment/unreal.ts'
import { readUnrealContext, unrealEvent } from '#domain/attachment/unreal-context.ts'
import { createsEvent, kindOfItem } from '#domain/envelope/item-kind.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { nativeCrashEvent } from '#domain/event/native-crash-event.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { decompress, inflateEither } from './read-body.ts'
import { makeItem } from './submission.ts'

/**
 * A bundle is held whole, as it came and inflated, for its older form can only be read from its end. Both
 * must fit into an isolate of 128 MB beside each other; Relay takes 200 MiB.
 */
export const BUNDLE_BYTES_MAX = 20 * 1024 * 1024
const INFLATED_BYTES_MAX = 48 * 1024 * 1024

/** The items a bundle stands for: its event, and its files but for the reporter's own. */
export function readUnrealBundle(
  bundle: Uint8Array,
  userId: string | null,
): Result<{ event: Record<string, unknown>; items: EnvelopeItem[] }, string> {
  const inflated = decompress(bundle, inflateEither, INFLATED_BYTES_MAX)
  if (!inflated.ok) return err(inflated.error.status === 413 ? 'too_large' : 'not_compressed')
  const crash = parseUnrealCrash(inflated.value)
  if (!crash.ok) return err(crash.error.reason)
  const { files } = crash.value
  const context = files.find((file) => unrealFileType(file) === 'unreal.context')
  const told = unrealEvent(context ? readUnrealContext(context.bytes) : new Map(), userId)
  const hasDump = files.some((file) => unrealFileType(file) === 'event.minidump')
  const event = hasDump
    ? nativeCrashEvent(told, [])
    : { platform: 'native', level: 'fatal', ...told }
  return ok({ event, items: files.flatMap(fileItem) })
}

/** `unreal_report` items in an envelope become what is in them; one that cannot be read stays, and is lost. */
export function expandUnrealReports(items: EnvelopeItem[]): EnvelopeItem[] {
  if (!items.some(({ type }) => type === 'unreal_report')) return items
  const hasEvent = items.some(({ type, header }) => {
    const kind = kindOfItem(type, header)
    return kind !== null && kind !== 'unreal_report' && createsEvent(kind, header)
  })
  let isFirst = !hasEvent
  return items.flatMap((item) => {
    if (item.type !== 'unreal_report') return [item]
    const bundle = readUnrealBundle(item.payload, null)
    if (!bundle.ok) return [item]
    const event = isFirst ? [makeItem('event', bundle.value.event)] : []
    isFirst = false
    return [...event, ...bundle.value.items]
  })
}

function fileItem(file: UnrealFile): EnvelopeItem[] {
  const attachmentType = unrealFileType(file)
  if (attachmentType === null) return []
  const header = { filename: baseName(file.name), attachment_type: attachmentType }
  return [makeItem('attachment', file.bytes, header)]
}

/** A name, not a path: some engines write where the file lay. */
function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1) || 'unnamed.attachment'
}
