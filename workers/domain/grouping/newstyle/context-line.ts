import { type Component, component, switchedOff } from '../component/component.ts'
import { collapseSpaces } from '../message/characters.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import { isUrlOrFile } from './url.ts'

/** Platforms whose source line names a place better than the function does (spec/grouping.md §6.5). */
const PLATFORMS = new Set(['javascript', 'node', 'python', 'php', 'ruby'])
const LINE_CHARACTERS_MAX = 120

/** The source line, blanks drawn together. Long lines are data or minified code. */
export function contextLineComponent(frame: GroupingFrame): Component {
  const nothing = component('context_line', [])
  if (frame.contextLine === null || !PLATFORMS.has(frame.platform)) return nothing
  const line = collapseSpaces(frame.contextLine)
  if (line === '') return nothing
  const whole = component('context_line', [line])
  if (isLong(frame.contextLine)) return switchedOff(whole, 'the line is too long')
  const isNameless = frame.family === 'javascript' && frame.function === null
  return isNameless && isUrlOrFile(frame.absPath)
    ? switchedOff(whole, 'a page’s line without a function says little')
    : whole
}

function isLong(line: string): boolean {
  return line.length > LINE_CHARACTERS_MAX && [...line].length > LINE_CHARACTERS_MAX
}
