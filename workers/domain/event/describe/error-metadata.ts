import type { Exception, Frame, PicketEvent } from '../event.ts'
import { framesOf, lastException } from '../stacktraces.ts'
import { ellipsize } from '../text.ts'

/** Longest type and value an issue's description keeps (spec/event-processing.md §3.9). */
const TYPE_CHARS_MAX = 128
const VALUE_CHARS_MAX = 1024

/** Functions that native SDKs write where they know no name. */
const NAMELESS = new Set(['<redacted>', '<unknown>'])

export interface ErrorMetadata {
  /** Absent for synthetic exceptions: their type names the signal, not the error. */
  type?: string
  value?: string
  filename?: string
  function?: string
}

/** What an error is called and where it broke; `mainId` is the `exception_id` it is named after. */
export function errorMetadata(event: PicketEvent, mainId: number | null): ErrorMetadata {
  const exception = mainException(event, mainId)
  if (!exception) return {}
  const metadata: ErrorMetadata = { value: ellipsize(exception.value ?? '', VALUE_CHARS_MAX) }
  if (!exception.mechanism?.synthetic) {
    metadata.type = ellipsize(exception.type || 'Error', TYPE_CHARS_MAX)
  }
  const frame = crashFrame(event)
  const filename = frame?.filename || frame?.abs_path
  if (filename) metadata.filename = filename
  if (frame?.function) metadata.function = frame.function
  return metadata
}

/** The exception grouping points at, else the last. */
function mainException(event: PicketEvent, mainId: number | null): Exception | null {
  const main =
    mainId === null
      ? null
      : event.exception?.values?.find((exception) => exception?.mechanism?.exception_id === mainId)
  return main ?? lastException(event)
}

/** The newest frame with a name, in-app ones first. */
function crashFrame(event: PicketEvent): Frame | null {
  const named = crashFrames(event).filter(
    (frame) => frame.function && !NAMELESS.has(frame.function),
  )
  return named.findLast((frame) => frame.in_app) ?? named.at(-1) ?? null
}

function crashFrames(event: PicketEvent): Frame[] {
  const ofException = framesOf(lastException(event)?.stacktrace)
  if (ofException.length > 0) return ofException
  const ofEvent = framesOf(event.stacktrace)
  if (ofEvent.length > 0) return ofEvent
  const threads = event.threads?.values ?? []
  return threads.length === 1 ? framesOf(threads[0]?.stacktrace) : []
}
