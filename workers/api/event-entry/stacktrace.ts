import type { Frame, Stacktrace } from '#domain/event/event.ts'

/** A stack trace in the web API's words: frames from the outermost call to where it happened. */
export function showStacktrace(stacktrace: Stacktrace | null | undefined) {
  if (!stacktrace) return null
  const frames = (stacktrace.frames ?? []).filter((frame) => frame !== null).map(showFrame)
  return {
    frames,
    framesOmitted: stacktrace.frames_omitted ?? null,
    registers: stacktrace.registers ?? null,
    hasSystemFrames: hasSystemFrames(frames),
  }
}

/** True when some frames are the app's and some are not: only then folding means something. */
export function hasSystemFrames(frames: { inApp: boolean }[]): boolean {
  return frames.some(({ inApp }) => inApp) && frames.some(({ inApp }) => !inApp)
}

function showFrame(frame: Frame) {
  return {
    filename: frame.filename ?? null,
    absPath: frame.abs_path ?? null,
    module: frame.module ?? null,
    package: frame.package ?? null,
    platform: frame.platform ?? null,
    instructionAddr: frame.instruction_addr ?? null,
    symbolAddr: frame.symbol_addr ?? null,
    addrMode: frame.addr_mode ?? null,
    function: frame.function ?? null,
    rawFunction: frame.raw_function ?? null,
    symbol: frame['symbol'] ?? null,
    context: showContext(frame),
    lineNo: frame.lineno ?? null,
    colNo: frame.colno ?? null,
    inApp: frame.in_app ?? false,
    trust: frame['trust'] ?? null,
    lock: frame['lock'] ?? null,
    errors: null,
    sourceLink: frame['source_link'] ?? null,
    vars: frame.vars ?? null,
    ...(frame.data && { data: frame.data }),
  }
}

/** `[[line number, source], …]`; lines above the first of a file are not invented. */
function showContext(frame: Frame): [number, string][] {
  const { lineno, pre_context: before, context_line: line, post_context: after } = frame
  if (typeof line !== 'string' || typeof lineno !== 'number') return []
  const above = (before ?? []).map((source, index, lines): [number, string] => [
    lineno - lines.length + index,
    source ?? '',
  ])
  const below = (after ?? []).map((source, index): [number, string] => [
    lineno + 1 + index,
    source ?? '',
  ])
  return [...above.filter(([number]) => number > 0), [lineno, line], ...below]
}
