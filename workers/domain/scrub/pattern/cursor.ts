export type PatternReason =
  | 'unexpected_character'
  | 'unexpected_end'
  | 'unknown_escape'
  | 'bad_class'
  | 'bad_repetition'
  | 'backreference'
  | 'lookaround'
  | 'unknown_flag'
  | 'too_deep'
  | 'too_large'

export interface PatternError {
  reason: PatternReason
  /** Offset in the pattern. */
  at: number
}

/** Ends the reading of a pattern; caught where reading began. */
export class Refusal extends Error {
  readonly reason: PatternReason
  readonly at: number

  constructor(reason: PatternReason, at: number) {
    super(reason)
    this.reason = reason
    this.at = at
  }
}

/** A place in a pattern that is being read. */
export class Cursor {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  /** The UTF-16 unit that comes next; empty at the end. */
  get next(): string {
    return this.text[this.at] ?? ''
  }

  /** Takes the code point that comes next; the caller knows there is one. */
  takePoint(): number {
    const codePoint = this.text.codePointAt(this.at) ?? 0
    this.at += codePoint > 0xffff ? 2 : 1
    return codePoint
  }

  take(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false
    this.at += sign.length
    return true
  }

  /** Takes what a sticky pattern matches here. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at = pattern.lastIndex
    return match
  }
}
