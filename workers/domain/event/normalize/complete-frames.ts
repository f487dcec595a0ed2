import type { Frame, Stacktrace } from '../event.ts'
import { type Draft, isBlank } from './draft.ts'

/** Paths that are addresses: only what follows the host names a file. */
const URL_PATH = /^(?:file|https?|applewebdata):\/\/[^/?#]*(\/[^?#]*)/

/**
 * Completes the frames people read; `raw_stacktrace` stays as it was sent (spec §3.6). In-app marks
 * and short function names follow from rules that change: grouping adds them when it reads.
 */
export function completeFrames(event: Draft): void {
  for (const { frames } of stacktracesOf(event)) {
    for (const frame of frames ?? []) if (frame) completeFrame(frame)
  }
}

function stacktracesOf(event: Draft): Stacktrace[] {
  const owners = [...(event.exception?.values ?? []), ...(event.threads?.values ?? []), event]
  return owners.map((owner) => owner?.stacktrace).filter((stacktrace) => !!stacktrace)
}

function completeFrame(frame: Frame): void {
  completePaths(frame)
  if (frame.function === '?') frame.function = null
  if (frame['symbol'] === '?') frame['symbol'] = null
  completeContext(frame)
}

function completePaths(frame: Frame): void {
  if (isBlank(frame.abs_path) && !isBlank(frame.filename)) {
    frame.abs_path = frame.filename
    frame.filename = null
  }
  if (!isBlank(frame.filename) || isBlank(frame.abs_path)) return
  const path = URL_PATH.exec(frame.abs_path)?.[1]
  frame.filename = path && path !== '/' ? path : frame.abs_path
}

/** Line numbers are counted from the context, so no line may be missing from it. */
function completeContext(frame: Frame): void {
  const { pre_context: before, post_context: after } = frame
  if (before?.includes(null)) frame.pre_context = before.map((line) => line ?? '')
  if (after?.includes(null)) frame.post_context = after.map((line) => line ?? '')
  if (before?.length || after?.length) frame.context_line ??= ''
}
