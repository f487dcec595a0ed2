import { WORD_CLASS } from './character-class.ts'
import type { Assertion } from './parse-pattern.ts'
import type { Step } from './program.ts'

/*
 * Runs a program over a text the way Thompson and Pike did: all ways at once, character by character,
 * in order of preference. No step is taken twice at one character, so a search takes at most
 * (steps of the program × characters) whatever the pattern. Searching on behind each match could
 * multiply that; the caller's `meter` ends it.
 */

/** Searching on behind matches uses them up. */
const STEPS_PER_CHARACTER = 8

/** Counts steps; a search stops when none is left. */
export interface Meter {
  left: number
}

/** Starts and ends of groups, group 0 being the match; -1 for a group that took no part. */
export type Slots = Int32Array

/** Ways in order of preference, each with its slots. */
interface Ways {
  readonly steps: number[]
  readonly slots: Slots[]
}

export class Machine {
  private readonly steps: readonly Step[]
  private readonly slotCount: number
  /** At which character a step was last reached. */
  private readonly reached: Int32Array
  /** ASCII characters that can begin a match; null when a match may be empty or begin otherwise. */
  private readonly first: Uint8Array | null

  constructor(steps: readonly Step[], slotCount: number) {
    this.steps = steps
    this.slotCount = slotCount
    this.reached = new Int32Array(steps.length)
    this.first = firstCharacters(steps)
  }

  /** What searches in one text may take altogether. */
  meterFor(text: string): Meter {
    return { left: (text.length + 16) * this.steps.length * STEPS_PER_CHARACTER }
  }

  /** The leftmost match from an offset on; null when there is none or the meter ran out. */
  search(text: string, from: number, meter: Meter): Slots | null {
    let ways: Ways = { steps: [], slots: [] }
    let match: Slots | null = null
    this.reached.fill(-1)
    for (let at = from; ; ) {
      if (ways.steps.length === 0) {
        if (match) return match
        if (this.first) at = this.skip(text, at, meter)
      }
      if (!match) {
        const slots = new Int32Array(this.slotCount).fill(-1)
        slots[0] = at
        this.follow(ways, 0, slots, text, at, meter)
      }
      if (meter.left <= 0) return null
      const codePoint = text.codePointAt(at)
      const next: Ways = { steps: [], slots: [] }
      const after = codePoint === undefined ? at + 1 : at + (codePoint > 0xffff ? 2 : 1)
      for (let i = 0; i < ways.steps.length; i += 1) {
        const index = ways.steps[i]!
        const step = this.steps[index]!
        if (step.kind === 'match') {
          match = ways.slots[i]!.slice()
          match[1] = at
          break // what is less preferred does not count any more
        }
        if (step.kind === 'character' && codePoint !== undefined && step.of.has(codePoint)) {
          this.follow(next, index + 1, ways.slots[i]!, text, after, meter)
        }
      }
      if (codePoint === undefined) return match
      ways = next
      at = after
    }
  }

  /** The next offset at which a match can begin. */
  private skip(text: string, from: number, meter: Meter): number {
    let at = from
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code >= 128 || this.first![code] === 1) break
    }
    meter.left -= at - from
    return at
  }

  /** Adds the ways that open at a step without taking a character. */
  private follow(
    ways: Ways,
    start: number,
    slots: Slots,
    text: string,
    at: number,
    meter: Meter,
  ): void {
    const open: [index: number, slots: Slots][] = [[start, slots]]
    while (open.length > 0) {
      const [index, current] = open.pop()!
      if (this.reached[index] === at) continue
      this.reached[index] = at
      meter.left -= 1
      const step = this.steps[index]!
      switch (step.kind) {
        case 'jump':
          open.push([step.to, current])
          break
        case 'split':
          open.push([step.second, current], [step.first, current])
          break
        case 'save':
          open.push([index + 1, saved(current, step.slot, at)])
          break
        case 'assert':
          if (holds(step.what, text, at)) open.push([index + 1, current])
          break
        case 'character':
        case 'match':
          ways.steps.push(index)
          ways.slots.push(current)
      }
    }
  }
}

function saved(slots: Slots, slot: number, at: number): Slots {
  if (slot >= slots.length) return slots // nobody asks for this group
  const copy = slots.slice()
  copy[slot] = at
  return copy
}

function holds(what: Assertion, text: string, at: number): boolean {
  switch (what) {
    case 'text_start':
      return at === 0
    case 'text_end':
      return at >= text.length
    case 'line_start':
      return at === 0 || text[at - 1] === '\n'
    case 'line_end':
      return at >= text.length || text[at] === '\n'
    case 'boundary':
      return isWordAt(text, at - 1) !== isWordAt(text, at)
    case 'no_boundary':
      return isWordAt(text, at - 1) === isWordAt(text, at)
  }
}

function isWordAt(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false
  const isLow = at > 0 && /[\udc00-\udfff]/.test(text[at]!)
  return WORD_CLASS.has(text.codePointAt(isLow ? at - 1 : at)!)
}

/** Null when a match may be empty; code points beyond ASCII are never skipped. */
function firstCharacters(steps: readonly Step[]): Uint8Array | null {
  const first = new Uint8Array(128)
  const seen = new Set<number>()
  const open = [0]
  while (open.length > 0) {
    const index = open.pop()!
    if (seen.has(index)) continue
    seen.add(index)
    const step = steps[index]!
    switch (step.kind) {
      case 'match':
        return null
      case 'jump':
        open.push(step.to)
        break
      case 'split':
        open.push(step.first, step.second)
        break
      case 'save':
      case 'assert':
        open.push(index + 1)
        break
      case 'character':
        for (let code = 0; code < 128; code += 1) first[code]! |= step.of.ascii[code]!
    }
  }
  return first
}
