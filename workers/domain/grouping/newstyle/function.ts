import { type Component, component, switchedOff } from '../component/component.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import type { NewstyleOptions } from './options.ts'

const ANONYMOUS_PHP_CLASS = 'class@anonymous'

/** The function's name as far as it stays the same, or null without one (spec/grouping.md §6.3). */
export function functionComponent(
  frame: GroupingFrame,
  contextLine: Component,
  options: NewstyleOptions,
): Component | null {
  const name =
    frame.platform === 'csharp'
      ? (frame.rawFunction ?? frame.function)
      : (frame.function ?? frame.rawFunction)
  if (name === null) return null
  if (frame.family === 'javascript') {
    return javascriptFunction(frame, options.javascriptFunction(name), contextLine)
  }
  if (frame.family === 'native') {
    const isUnknown = name === '<redacted>' || name === '<unknown>'
    return isUnknown ? off(name, 'an unknown function') : component('function', [name])
  }
  switch (frame.platform) {
    case 'ruby':
      return rubyFunction(name)
    case 'php':
      return phpFunction(name)
    case 'java':
      return name.startsWith('lambda$') ? off(name, 'a lambda') : component('function', [name])
    default:
      return component('function', [name])
  }
}

function javascriptFunction(frame: GroupingFrame, name: string, contextLine: Component): Component {
  const last = name.slice(name.lastIndexOf('.') + 1)
  const trimmed = component('function', [last], last === name ? null : 'object left out')
  return frame.isMapped && contextLine.contributes
    ? switchedOff(trimmed, 'the source line says more')
    : trimmed
}

/** Blocks are counted and compiled templates carry a hash and an id. */
function rubyFunction(name: string): Component {
  const cleaned = name.startsWith('block ') ? 'block' : name.replace(/__\d{4,}_\d{4,}$/, '')
  return component('function', [cleaned], cleaned === name ? null : 'generated part left out')
}

function phpFunction(name: string): Component {
  const isAnonymousClass = name.startsWith(ANONYMOUS_PHP_CLASS)
  if (isAnonymousClass && name.includes('::')) {
    const method = name.slice(name.lastIndexOf('::') + 2)
    return component('function', [method], 'anonymous class left out')
  }
  return name.startsWith('[Anonymous') || name.startsWith(`${ANONYMOUS_PHP_CLASS}\0`)
    ? off(name, 'an anonymous function')
    : component('function', [name])
}

function off(name: string, hint: string): Component {
  return switchedOff(component('function', [name]), hint)
}
