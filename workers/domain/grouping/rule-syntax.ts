/** Where and why a text of rules cannot be read. Both numbers count from 1. */
export interface RuleSyntaxError {
  reason: 'rule_invalid'
  line: number
  column: number
  message: string
}

/** Thrown inside the parsers only; `parseLines` makes a value of it. */
class Unreadable extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/** Walks along one line of rules. */
export class LineReader {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Skips blanks; whether the rule goes on, which it does not at a comment. */
  hasMore(): boolean {
    while (this.at < this.text.length && /\s/.test(this.text[this.at]!)) this.at++
    return this.at < this.text.length && this.text[this.at] !== '#'
  }

  /** What the sticky `pattern` matches here, groups and all, or null. Moves behind it. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at = pattern.lastIndex
    return match
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  /** What stands between two quotes, where `\"` is a quote; `\\` is left for others to read. */
  takeQuoted(): string | null {
    const start = this.at
    if (!this.takeText('"')) return null
    let result = ''
    while (this.at < this.text.length) {
      const character = this.text[this.at++]!
      if (character === '"') return result
      const next = this.text[this.at]
      if (character === '\\' && next === '"') result += this.text[this.at++]
      else if (character === '\\' && next === '\\') result += character + this.text[this.at++]
      else result += character
    }
    return this.fail('quote without an end', start)
  }

  /** The word from here to the next blank, for messages. */
  word(): string {
    return /^\S*/.exec(this.text.slice(this.at, this.at + 60))![0]
  }

  fail(message: string, at = this.at): never {
    throw new Unreadable(at, message)
  }
}

/**
 * One rule per line; blank lines and lines that begin with `#` are passed over. Stops at the first
 * line that `parse` cannot read: half a set of rules is worse than none.
 */
export function parseLines<Rule>(
  text: string,
  parse: (reader: LineReader) => Rule,
): { ok: true; value: Rule[] } | { ok: false; error: RuleSyntaxError } {
  const rules: Rule[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const reader = new LineReader(line)
    if (!reader.hasMore()) continue
    try {
      rules.push(parse(reader))
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      const [at, message] = [error.at, error.message]
      return {
        ok: false,
        error: { reason: 'rule_invalid', line: index + 1, column: at + 1, message },
      }
    }
  }
  return { ok: true, value: rules }
}
