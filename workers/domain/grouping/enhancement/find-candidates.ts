import type { PlatformFamily } from '../platform-family.ts'
import type { CompiledRule } from './compile-rules.ts'
import type { FrameFacts } from './rule.ts'

/** Frames whose candidates are remembered. A busy project's frames are few; 4096 take about 1 MB. */
const REMEMBERED_FRAMES_MAX = 4096

/**
 * Finds the rules whose fixed tests a frame passes, without trying them all: most say how a function
 * or module begins. Frames come again and again, so the answer is remembered.
 */
export function candidateFinder(rules: CompiledRule[]): (frame: FrameFacts) => CompiledRule[] {
  const byFamily = new Map<PlatformFamily, RuleIndex>()
  const remembered = new Map<string, CompiledRule[]>()
  return (frame) => {
    const { family } = frame
    const key = `${family}\n${frame.function}\n${frame.module}\n${frame.path}\n${frame.package}`
    const known = remembered.get(key)
    if (known) return known
    const index = byFamily.get(family) ?? indexRules(rules, family)
    byFamily.set(family, index)
    const found = search(index, frame)
    if (remembered.size >= REMEMBERED_FRAMES_MAX) remembered.clear()
    remembered.set(key, found)
    return found
  }
}

/** Rules by the first character of a function or module; those that do not say stand in `others`. */
interface RuleIndex {
  function: Map<string, CompiledRule[]>
  module: Map<string, CompiledRule[]>
  others: CompiledRule[]
}

function indexRules(rules: CompiledRule[], family: PlatformFamily): RuleIndex {
  const fitting = rules.filter(({ familyTests }) => familyTests.every((test) => test(family)))
  const by = (field: 'function' | 'module') =>
    Map.groupBy(
      fitting.filter(({ first }) => first?.field === field),
      ({ first }) => first!.character,
    )
  return {
    function: by('function'),
    module: by('module'),
    others: fitting.filter(({ first }) => first === null),
  }
}

function search(index: RuleIndex, frame: FrameFacts): CompiledRule[] {
  const possible = [
    index.others,
    index.function.get(frame.function[0] ?? '') ?? [],
    index.module.get(frame.module?.[0] ?? '') ?? [],
  ]
  return possible.flatMap((rules) =>
    rules.filter(({ fixedTests }) => fixedTests.every((test) => test(frame))),
  )
}
