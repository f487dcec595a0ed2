import type { Frame, PicketEvent } from '../event.ts'
import { framesOf, lastException } from '../stacktraces.ts'
import { ellipsize } from '../text.ts'

/** Longest culprit (spec/event-processing.md §3.9). */
const CULPRIT_CHARS_MAX = 200

const NATIVE_PLATFORMS = new Set(['objc', 'cocoa', 'native'])
const SCRIPT_PLATFORMS = new Set(['javascript', 'node'])

/** Where it happened, in one line: what the SDK says, else the frame we would blame, else the URL. */
export function culpritOf(event: PicketEvent): string {
  const stated = text(event['culprit']) || text(event.transaction)
  return ellipsize(stated || generatedCulprit(event), CULPRIT_CHARS_MAX)
}

function generatedCulprit(event: PicketEvent): string {
  // A synthetic exception is made by a crash handler: its top frame says nothing about the cause.
  if (lastException(event)?.mechanism?.synthetic) return ''
  return culpritOfFrames(lastFrames(event), event.platform) || text(event.request?.url)
}

/** Frames of the last stack trace that has some. */
function lastFrames(event: PicketEvent): Frame[] {
  const traces = event.exception?.values?.map((exception) => framesOf(exception?.stacktrace)) ?? []
  return traces.findLast((frames) => frames.length > 0) ?? framesOf(event.stacktrace)
}

function culpritOfFrames(frames: Frame[], platform: string): string {
  let fallback = ''
  for (const frame of frames.toReversed()) {
    if (!frame.in_app && fallback) continue
    const culprit = culpritOfFrame(frame, platform)
    if (culprit && frame.in_app) return culprit
    fallback ||= culprit
  }
  return fallback
}

function culpritOfFrame(frame: Frame, eventPlatform: string): string {
  const platform = frame.platform || eventPlatform
  const name = frame.function || '?'
  if (NATIVE_PLATFORMS.has(platform)) return name
  const location = frame.module || frame.filename
  if (!location) return ''
  return SCRIPT_PLATFORMS.has(platform) ? `${name}(${location})` : `${location} in ${name}`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
