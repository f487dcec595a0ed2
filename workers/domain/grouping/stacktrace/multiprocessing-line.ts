import type { GroupingFrame } from './frame.ts'

const SPAWN_LINE =
  /^from multiprocessing\.spawn import spawn_main; ?spawn_main\((?:tracker_fd|parent_pid)=\d+, ?pipe_handle=\d+/

/**
 * Python starts worker processes by a line of code with two numbers in it, different each time:
 * they are replaced (spec/grouping.md §6.6).
 */
export function cleanMultiprocessingLine(frame: GroupingFrame, eventPlatform: string): void {
  const isSpawn =
    eventPlatform === 'python' &&
    frame.module === '__main__' &&
    frame.function === '<module>' &&
    frame.filename === '<string>' &&
    frame.contextLine !== null
  if (!isSpawn || !SPAWN_LINE.test(frame.contextLine!)) return
  frame.contextLine = frame.contextLine!.replace(/=\d+/g, '=<int>')
}
