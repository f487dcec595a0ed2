import type { Frame, Stacktrace } from '#domain/event/event.ts'
import type { StacktracePlace } from '#domain/symbolication/symbolicate-event.ts'
import type { Subject } from './newstyle/subject.ts'
import type { GroupingFrame } from './stacktrace/frame.ts'
import type { PreparedStacktrace } from './stacktrace/prepare-stacktrace.ts'

/** What grouping learned about a frame, for an overlay: fields that take the place of its own. */
export interface FrameChange {
  place: StacktracePlace
  /** Counts the frames of the stack trace as they were sent. */
  index: number
  fields: Partial<Frame>
}

/** Only frames that people would see differently. */
export function changedFrames({ event, exceptions, stacktrace, threads }: Subject): FrameChange[] {
  const ofEvent = changesOf(stacktrace, event.stacktrace, { in: 'event' })
  const ofExceptions = exceptions.flatMap(({ index, exception, stacktrace }) =>
    changesOf(stacktrace, exception.stacktrace, { in: 'exception', index }),
  )
  const ofThreads = threads.flatMap(({ index, thread, stacktrace }) =>
    changesOf(stacktrace, thread.stacktrace, { in: 'thread', index }),
  )
  return [...ofExceptions, ...ofEvent, ...ofThreads]
}

function changesOf(
  prepared: PreparedStacktrace | null,
  sent: Stacktrace | null | undefined,
  place: StacktracePlace,
): FrameChange[] {
  return (prepared?.frames ?? []).flatMap((frame) => {
    const fields = changedFields(frame, sent?.frames?.[frame.index] ?? {})
    return fields ? [{ place, index: frame.index, fields }] : []
  })
}

function changedFields(frame: GroupingFrame, sent: Frame): Partial<Frame> | null {
  const fields: Partial<Frame> = {}
  const data = { ...sent.data }
  if (frame.inApp !== sent.in_app) {
    fields.in_app = frame.inApp
    data['orig_in_app'] ??= frame.clientInApp === null ? -1 : Number(frame.clientInApp)
    data['client_in_app'] ??= frame.clientInApp
  }
  if (frame.facts.category !== null) data['category'] = frame.facts.category
  if (Object.keys(data).length > Object.keys(sent.data ?? {}).length) fields.data = data
  if (frame.rawFunction !== null && !sent.raw_function) {
    fields.function = frame.function
    fields.raw_function = frame.rawFunction
  }
  if (frame.contextLine !== null && frame.contextLine !== sent.context_line) {
    fields.context_line = frame.contextLine
  }
  return Object.keys(fields).length > 0 ? fields : null
}
