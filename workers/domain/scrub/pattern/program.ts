import { err, ok, type Result } from '../../result.ts'
import type { CharacterClass } from './character-class.ts'
import type { PatternError } from './cursor.ts'
import type { Assertion, PatternNode, RepeatNode } from './parse-pattern.ts'

/** One step of a program. A split prefers its first way. */
export type Step =
  | { readonly kind: 'character'; readonly of: CharacterClass }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'match' }

/** Counted repetitions are written out, so this bounds them too. */
const PROGRAM_STEPS_MAX = 1000

/** A tree as a program for ./run-program.ts. */
export function programOf(node: PatternNode): Result<readonly Step[], PatternError> {
  const steps: Step[] = []
  const isSmall = emit(node, steps) && steps.length < PROGRAM_STEPS_MAX
  if (!isSmall) return err({ reason: 'too_large', at: 0 })
  steps.push({ kind: 'match' })
  return ok(steps)
}

/** False once the program is too large. */
function emit(node: PatternNode, steps: Step[]): boolean {
  if (steps.length >= PROGRAM_STEPS_MAX) return false
  switch (node.kind) {
    case 'class':
      steps.push({ kind: 'character', of: node.of })
      return true
    case 'assertion':
      steps.push({ kind: 'assert', what: node.what })
      return true
    case 'sequence':
      return node.of.every((each) => emit(each, steps))
    case 'choice':
      return emitChoice(node.of, steps)
    case 'group': {
      steps.push({ kind: 'save', slot: 2 * node.index })
      const isSmall = emit(node.of, steps)
      steps.push({ kind: 'save', slot: 2 * node.index + 1 })
      return isSmall
    }
    case 'repeat':
      return emitRepeat(node, steps)
  }
}

function emitChoice(branches: readonly PatternNode[], steps: Step[]): boolean {
  const jumps: number[] = []
  const isSmall = branches.every((branch, index) => {
    if (index === branches.length - 1) return emit(branch, steps)
    const split = reserve(steps)
    if (!emit(branch, steps)) return false
    jumps.push(reserve(steps))
    steps[split] = { kind: 'split', first: split + 1, second: steps.length }
    return true
  })
  for (const jump of jumps) steps[jump] = { kind: 'jump', to: steps.length }
  return isSmall
}

function emitRepeat(node: RepeatNode, steps: Step[]): boolean {
  const { of, min, max, isLazy } = node
  for (let i = 0; i < min; i += 1) if (!emit(of, steps)) return false
  if (max === null) {
    const split = reserve(steps)
    if (!emit(of, steps)) return false
    steps.push({ kind: 'jump', to: split })
    steps[split] = way(split + 1, steps.length, isLazy)
    return true
  }
  const splits: number[] = []
  for (let i = min; i < max; i += 1) {
    splits.push(reserve(steps))
    if (!emit(of, steps)) return false
  }
  for (const split of splits) steps[split] = way(split + 1, steps.length, isLazy)
  return true
}

function way(into: number, past: number, isLazy: boolean): Step {
  const [first, second] = isLazy ? [past, into] : [into, past]
  return { kind: 'split', first, second }
}

/** A place for a step whose target is not known yet. */
function reserve(steps: Step[]): number {
  steps.push({ kind: 'jump', to: 0 })
  return steps.length - 1
}
