import type { Frame, Stacktrace } from '../event.ts'
import type { Notes } from '../schema/notes.ts'

/** Frames of one stack trace we keep, the newest (spec/event-processing.md §2.1). */
export const FRAMES_MAX = 250
/** Frames that keep their variables and source lines (spec/event-processing.md §2.1). */
export const FRAMES_WHOLE_MAX = 50

/** Bounds a stack trace: how many frames, and how many of them with variables and source. */
export function trimFrames(stacktrace: Stacktrace, notes: Notes): void {
  const { frames } = stacktrace
  if (!frames) return
  if (frames.length > FRAMES_MAX) {
    const dropped = frames.length - FRAMES_MAX
    stacktrace.frames = frames.slice(dropped)
    notes.at(['frames'], () => {
      notes.originalLength(frames.length)
      notes.rename((index) => (Number(index) < dropped ? null : [String(Number(index) - dropped)]))
    })
  }
  for (const frame of framesToSlim(stacktrace.frames ?? [])) slim(frame)
}

/**
 * The frames that lose their bulk: from the middle of those that are not the app's, where people
 * look least, then from the middle of the app's own.
 */
function framesToSlim(frames: (Frame | null)[]): Frame[] {
  if (frames.length <= FRAMES_WHOLE_MAX) return []
  const known = frames.filter((frame) => frame !== null)
  const own = known.filter(({ in_app: isOwn }) => isOwn)
  const others = known.filter(({ in_app: isOwn }) => !isOwn)
  const slimmed = middle(others, Math.max(0, FRAMES_WHOLE_MAX - own.length) / 2)
  const excess = frames.length - FRAMES_WHOLE_MAX - slimmed.length
  if (excess <= 0) return slimmed
  return [...slimmed, ...middle(own, Math.max(0, own.length - excess) / 2)]
}

/** All but the first and last `half`, rounded down. */
function middle(frames: Frame[], half: number): Frame[] {
  const kept = Math.floor(half)
  return frames.slice(kept, Math.max(kept, frames.length - kept))
}

function slim(frame: Frame): void {
  delete frame.vars
  delete frame.pre_context
  delete frame.post_context
}
