import type { Frame } from '#contract/event.ts'
import { asNumber, asText, isBlank } from '~/ui/value-text.ts'

/** What of a frame is worth reading, whatever the platform called it. */
export type FrameText = { name: string; place: string; module: string; isInApp: boolean }

export function describeFrame(frame: Frame): FrameText {
  const file = asText(frame.filename) || asText(frame.absPath)
  const line = asNumber(frame.lineNo)
  const column = asNumber(frame.colNo)
  const library = asText(frame.package).split(/[\\/]/).at(-1) ?? ''
  const position = [line, column].filter((each) => each !== undefined).join(':')
  const address = asText(frame.instructionAddr)
  const place = file === '' ? library : file
  return {
    name:
      asText(frame.function) ||
      asText(frame.rawFunction) ||
      (file === '' && address) ||
      '<anonymous>',
    place: position === '' ? place : `${place}:${position}`,
    module: asText(frame.module) === file ? '' : asText(frame.module),
    isInApp: frame.inApp === true,
  }
}

/** `[line number, source]`, the frame's own line among them; empty when we have no source. */
export function sourceOf(frame: Frame): [line: number, source: string][] {
  if (!Array.isArray(frame.context)) return []
  return frame.context.flatMap((row): [number, string][] =>
    Array.isArray(row) && typeof row[0] === 'number' ? [[row[0], asText(row[1])]] : [],
  )
}

export type FrameRun =
  | { kind: 'frame'; frame: Frame; key: number; repeats: number }
  | { kind: 'system'; frames: Frame[]; key: number }

/** Fewer system frames than this in a row are not worth folding. */
const FOLD_MIN = 2

/**
 * Newest first. Runs of system frames fold, but never the newest frame (it is where things broke),
 * and nothing folds when no frame is the app's own. Recursion becomes one frame with a count.
 */
export function foldFrames(oldestFirst: Frame[], fold: boolean): FrameRun[] {
  const frames = oldestFirst.toReversed()
  const folding = fold && frames.some((frame) => frame.inApp === true)
  const runs: FrameRun[] = []
  frames.forEach((frame, key) => {
    const last = runs.at(-1)
    if (folding && frame.inApp !== true && key > 0) {
      if (last?.kind === 'system') last.frames.push(frame)
      else runs.push({ kind: 'system', frames: [frame], key })
    } else if (last?.kind === 'frame' && isSamePlace(last.frame, frame)) {
      last.repeats += 1
    } else {
      runs.push({ kind: 'frame', frame, key, repeats: 1 })
    }
  })
  return runs.flatMap((run): FrameRun[] =>
    run.kind === 'system' && run.frames.length < FOLD_MIN
      ? run.frames.map((frame, i) => ({ kind: 'frame', frame, key: run.key + i, repeats: 1 }))
      : [run],
  )
}

/** Two frames that say the same: only then is one of them enough. */
function isSamePlace(a: Frame, b: Frame): boolean {
  const [one, other] = [describeFrame(a), describeFrame(b)]
  const isTold = asNumber(a.lineNo) !== undefined && isBlank(a.vars) && isBlank(b.vars)
  return isTold && one.name === other.name && one.place === other.place
}

/** The frame that starts unfolded: the newest of the app's own with source, else with anything. */
export function frameToOpen(runs: FrameRun[]): number | undefined {
  const frames = runs.flatMap((run) => (run.kind === 'frame' ? [run] : []))
  const withSource = frames.filter(({ frame }) => sourceOf(frame).length > 0)
  return (withSource.find(({ frame }) => frame.inApp === true) ?? withSource[0] ?? frames[0])?.key
}
