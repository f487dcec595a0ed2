import { err, ok, type Result } from '../../result.ts'
import { type CharacterClass, characterClass, literalClass } from './character-class.ts'
import { Cursor, type PatternError, Refusal } from './cursor.ts'
import { type ClassText, readClass, readClassEscape } from './read-class.ts'

/** A pattern as a tree. */
export type PatternNode =
  | { readonly kind: 'class'; readonly of: CharacterClass }
  | { readonly kind: 'sequence' | 'choice'; readonly of: readonly PatternNode[] }
  | RepeatNode
  | { readonly kind: 'group'; readonly of: PatternNode; readonly index: number }
  | { readonly kind: 'assertion'; readonly what: Assertion }

/** `max` null: any number of times. */
export interface RepeatNode {
  readonly kind: 'repeat'
  readonly of: PatternNode
  readonly min: number
  readonly max: number | null
  readonly isLazy: boolean
}

export type Assertion =
  | 'text_start'
  | 'text_end'
  | 'line_start'
  | 'line_end'
  | 'boundary'
  | 'no_boundary'

const DEPTH_MAX = 64
const REPEAT_MAX = 1000

/**
 * Reads the regular expressions Sentry's servers take (those of Rust's `regex`): no look-around, no
 * backreferences, and so decidable in linear time.
 */
export function parsePattern(text: string): Result<PatternNode, PatternError> {
  try {
    return ok(new PatternReader(text).read())
  } catch (refusal) {
    if (refusal instanceof Refusal) return err({ reason: refusal.reason, at: refusal.at })
    throw refusal
  }
}

interface Flags {
  readonly ignoresCase: boolean
  readonly dotIsAll: boolean
  readonly isMultiline: boolean
  readonly isSpaced: boolean
  readonly isSwapped: boolean
}

const NO_FLAGS: Flags = {
  ignoresCase: false,
  dotIsAll: false,
  isMultiline: false,
  isSpaced: false,
  isSwapped: false,
}
const FLAG_OF: Record<string, keyof Flags | null> = {
  i: 'ignoresCase',
  s: 'dotIsAll',
  m: 'isMultiline',
  x: 'isSpaced',
  U: 'isSwapped',
  u: null,
}
const ASSERTIONS: Record<string, Assertion> = {
  A: 'text_start',
  z: 'text_end',
  b: 'boundary',
  B: 'no_boundary',
}
const ANY: ClassText = { inside: '\\u{0}-\\u{10ffff}', isNegated: false }
const ANY_BUT_BREAK: ClassText = { inside: '\\n', isNegated: true }
const COUNTS = /\{(\d{1,6})(?:(,)(\d{1,6})?)?\}/y
const SIGN = /[*+?]/y
const GROUP_NAME = /\?P?<([A-Za-z_]\w{0,63})>/y
const LOOKAROUND = /\?<?[=!]/y
const FLAGS = /\?([a-zA-Z]{0,8})(?:-([a-zA-Z]{1,8}))?([:)])/y
const SPACES = /(?:\s|#[^\n]*)*/y

class PatternReader {
  private readonly cursor: Cursor
  private groups = 0
  private depth = 0
  private flags = NO_FLAGS

  constructor(text: string) {
    this.cursor = new Cursor(text)
  }

  read(): PatternNode {
    const node = this.readChoice()
    if (!this.cursor.isAtEnd) throw new Refusal('unexpected_character', this.cursor.at)
    return node
  }

  /** Until the end or the parenthesis that closes; flags set inside end with it. */
  private readChoice(): PatternNode {
    const flags = this.flags
    this.depth += 1
    if (this.depth > DEPTH_MAX) throw new Refusal('too_deep', this.cursor.at)
    const branches = [this.readSequence()]
    while (this.cursor.take('|')) branches.push(this.readSequence())
    this.depth -= 1
    this.flags = flags
    return branches.length === 1 ? branches[0]! : { kind: 'choice', of: branches }
  }

  private readSequence(): PatternNode {
    const of: PatternNode[] = []
    for (;;) {
      if (this.flags.isSpaced) this.cursor.match(SPACES)
      if (this.cursor.isAtEnd || /[|)]/.test(this.cursor.next)) break
      const node = this.readAtom()
      if (node) of.push(this.readRepetition(node))
    }
    return of.length === 1 ? of[0]! : { kind: 'sequence', of }
  }

  private readRepetition(node: PatternNode): PatternNode {
    const at = this.cursor.at
    const range = this.readRange()
    if (!range) return node
    const { min, max } = range
    const isTooMuch = min > REPEAT_MAX || (max !== null && (max > REPEAT_MAX || max < min))
    if (isTooMuch) throw new Refusal('bad_repetition', at)
    const isLazy = this.cursor.take('?') !== this.flags.isSwapped
    this.depth += 1
    if (this.depth > DEPTH_MAX) throw new Refusal('too_deep', at)
    const repeated = this.readRepetition({ kind: 'repeat', of: node, min, max, isLazy })
    this.depth -= 1
    return repeated
  }

  private readRange(): { min: number; max: number | null } | null {
    const counts = this.cursor.match(COUNTS)
    if (counts) {
      const min = Number(counts[1])
      const isOpen = counts[2] !== undefined && counts[3] === undefined
      return { min, max: isOpen ? null : Number(counts[3] ?? min) }
    }
    const sign = this.cursor.match(SIGN)?.[0]
    if (sign === undefined) return null
    return { min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : null }
  }

  /** Null for what only sets flags. */
  private readAtom(): PatternNode | null {
    const at = this.cursor.at
    const codePoint = this.cursor.takePoint()
    switch (String.fromCodePoint(codePoint)) {
      case '(':
        return this.readGroup(at)
      case '[':
        return this.classNode(readClass(this.cursor, at), at)
      case '\\':
        return this.readEscape(at)
      case '.':
        return this.classNode(this.flags.dotIsAll ? ANY : ANY_BUT_BREAK, at)
      case '^':
        return { kind: 'assertion', what: this.flags.isMultiline ? 'line_start' : 'text_start' }
      case '$':
        return { kind: 'assertion', what: this.flags.isMultiline ? 'line_end' : 'text_end' }
      case '*':
      case '+':
      case '?':
        throw new Refusal('bad_repetition', at)
      default:
        return this.classNode({ inside: literalClass(codePoint), isNegated: false }, at)
    }
  }

  private readGroup(at: number): PatternNode | null {
    if (this.cursor.match(LOOKAROUND)) throw new Refusal('lookaround', at)
    if (this.cursor.match(GROUP_NAME) || this.cursor.next !== '?') {
      this.groups += 1
      const index = this.groups
      return { kind: 'group', of: this.readClosed(at), index }
    }
    const match = this.cursor.match(FLAGS)
    if (!match) throw new Refusal('unexpected_character', this.cursor.at)
    const outer = this.flags
    this.flags = this.withFlags(match[1]!, match[2] ?? '', at)
    if (match[3] === ')') return null
    const inner = this.readClosed(at)
    this.flags = outer
    return inner
  }

  private readClosed(at: number): PatternNode {
    const inner = this.readChoice()
    if (!this.cursor.take(')')) throw new Refusal('unexpected_end', at)
    return inner
  }

  private withFlags(on: string, off: string, at: number): Flags {
    const flags: { -readonly [Flag in keyof Flags]: boolean } = { ...this.flags }
    const set = (letters: string, value: boolean) => {
      for (const letter of letters) {
        const flag = Object.hasOwn(FLAG_OF, letter) ? FLAG_OF[letter] : undefined
        if (flag === undefined) throw new Refusal('unknown_flag', at)
        if (flag) flags[flag] = value
      }
    }
    set(on, true)
    set(off, false)
    return flags
  }

  private readEscape(at: number): PatternNode {
    const letter = this.cursor.next
    if (/[1-9k]/.test(letter)) throw new Refusal('backreference', at)
    const assertion = Object.hasOwn(ASSERTIONS, letter) ? ASSERTIONS[letter] : undefined
    if (assertion) {
      this.cursor.at += 1
      return { kind: 'assertion', what: assertion }
    }
    return this.classNode({ inside: readClassEscape(this.cursor, at), isNegated: false }, at)
  }

  private classNode({ inside, isNegated }: ClassText, at: number): PatternNode {
    try {
      return { kind: 'class', of: characterClass(inside, isNegated, this.flags.ignoresCase) }
    } catch (error) {
      if (error instanceof SyntaxError) throw new Refusal('bad_class', at)
      throw error
    }
  }
}
