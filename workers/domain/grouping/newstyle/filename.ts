import { type Component, component, switchedOff } from '../component/component.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import { cleanJavaFilename } from './java-names.ts'
import type { NewstyleOptions } from './options.ts'
import { isUrl } from './url.ts'

/** The file's own name, lowered: folders differ between machines (spec/grouping.md §6.1). */
export function filenameComponent(
  { filename, absPath, platform }: GroupingFrame,
  options: NewstyleOptions,
): Component {
  if (filename === null) return component('filename', [])
  const sent = filename.slice(lastSlash(filename) + 1)
  const name = sent.toLowerCase()
  const whole = component('filename', [name])
  if (isUrl(absPath)) return switchedOff(whole, 'the frame points to a URL')
  if (name === '<anonymous>') return switchedOff(whole, 'an anonymous file')
  if (name === '[native code]') return switchedOff(whole, 'native code')
  const refined = options.filename(sent).toLowerCase()
  const cleaned = platform === 'java' ? cleanJavaFilename(refined) : refined
  return cleaned === name ? whole : component('filename', [cleaned], 'generated part left out')
}

function lastSlash(path: string): number {
  return Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
}
