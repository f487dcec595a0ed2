import { type Component, component, switchedOff } from '../component/component.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import { cleanJavaModule } from './java-names.ts'
import type { NewstyleOptions } from './options.ts'

/** The module or class (spec/grouping.md §6.2). */
export function moduleComponent(
  { module: sent, platform, family, absPath }: GroupingFrame,
  options: NewstyleOptions,
): Component {
  if (sent === null) return component('module', [])
  const module = options.module(sent, family)
  const whole = component('module', [module])
  if (platform === 'javascript') {
    const isPath = module.includes('/') && absPath?.endsWith(sent)
    return isPath ? switchedOff(whole, 'a path in the place of a module') : whole
  }
  if (platform !== 'java') return whole
  const cleaned = cleanJavaModule(module)
  if (cleaned === null) return switchedOff(whole, 'the class of a lambda')
  return cleaned === module ? whole : component('module', [cleaned], 'generated part left out')
}
