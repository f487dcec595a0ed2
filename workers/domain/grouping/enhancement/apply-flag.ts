import type { FlagActions } from './compile-rules.ts'

/**
 * Gives a flag to the frames a rule matched and, by its ranges, to those before or after them: the
 * outcome of going from match to match in order, each overwriting the last, in one pass.
 */
export function applyFlag(
  actions: FlagActions,
  matches: number[],
  frameCount: number,
  set: (frame: number, value: boolean) => void,
): void {
  const { this: own, before, after } = actions
  const [first, last] = [matches[0]!, matches.at(-1)!]
  if (after !== undefined) {
    for (let at = first + 1; at < frameCount; at++) set(at, after)
  }
  if (own !== undefined) for (const at of matches) set(at, own)
  if (before !== undefined) for (let at = 0; at < last; at++) set(at, before)
}
