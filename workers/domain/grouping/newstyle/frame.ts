import { type Component, component, switchedOff } from '../component/component.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import { contextLineComponent } from './context-line.ts'
import { filenameComponent } from './filename.ts'
import { functionComponent } from './function.ts'
import { moduleComponent } from './module.ts'
import type { NewstyleOptions } from './options.ts'

/** One frame: module or file, function, source line (spec/grouping.md §6). Never a line number. */
export function frameComponent(frame: GroupingFrame, options: NewstyleOptions): Component {
  const contextLine = contextLineComponent(frame)
  const named = functionComponent(frame, contextLine, options)
  const module = moduleComponent(frame, options)
  const filename = filenameComponent(frame, options)
  const place =
    module.contributes && filename.contributes
      ? switchedOff(filename, 'the module says more')
      : filename
  const name = named && frame.family === 'javascript' ? withoutNoise(frame, named, options) : named
  const whole = component('frame', [module, place, ...(name ? [name] : []), contextLine])
  return frame.family === 'javascript' && isWorthless(frame, options)
    ? switchedOff(whole, 'code that browsers report in different ways')
    : whole
}

/** What engines call functions without a name. */
const NAMELESS = new Set(['', '?', '<anonymous function>', '<anonymous>', 'Anonymous function'])
const NATIVE_PLACES = new Set(['[native code]', 'native code', 'eval code', '<anonymous>'])

function withoutNoise(frame: GroupingFrame, name: Component, options: NewstyleOptions): Component {
  const last = lastSegment(frame, options)
  const isNameless = NAMELESS.has(last) || last.endsWith('/<')
  return isNameless ? switchedOff(name, 'a function without a name') : name
}

function isWorthless(frame: GroupingFrame, options: NewstyleOptions): boolean {
  return lastSegment(frame, options) === 'eval' || NATIVE_PLACES.has(frame.absPath ?? '')
}

function lastSegment(
  { rawFunction, function: name }: GroupingFrame,
  { javascriptFunction }: NewstyleOptions,
): string {
  const whole = javascriptFunction(rawFunction ?? name ?? '')
  return whole.slice(whole.lastIndexOf('.') + 1)
}
