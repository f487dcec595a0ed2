import { err, ok, type Result } from '../result.ts'
import { VALUE_TYPE, valueTypeNamed } from './value-type.ts'

/** Which places a rule applies to (spec/event-processing.md §5.5). */
export type Selector =
  | { readonly kind: 'path'; readonly items: readonly PathItem[] }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Selector[] }
  | { readonly kind: 'not'; readonly of: Selector }

export type PathItem =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'type'; readonly type: number }
  /** `*`: one level, whatever it is. */
  | { readonly kind: 'any' }
  /** `**`: any number of levels. */
  | { readonly kind: 'deep' }

export type SelectorReason =
  | 'empty'
  | 'too_long'
  | 'too_deep'
  | 'unexpected_character'
  | 'unexpected_end'
  | 'unclosed_quote'
  | 'unclosed_parenthesis'
  | 'unknown_type'
  | 'deep_wildcard_twice'
  | 'bare_wildcard'

/** `at`: offset of the first character that cannot be read. */
export interface SelectorError {
  reason: SelectorReason
  at: number
}

const SELECTOR_CHARACTERS_MAX = 4096
const NESTING_MAX = 32

const SPACE = /\s*/y
const WORD = /[A-Za-z0-9_-]+/y
const QUOTED = /'((?:[^']|'')*)'/y

/** Selectors of an older grammar. */
const LEGACY = new Map([
  ...['freeform', 'email', 'sensitive', 'text'].map((word) => [word, VALUE_TYPE.string] as const),
  ...['databag', 'container'].map((word) => [word, VALUE_TYPE.object] as const),
])

/** Reads a selector. Keys are kept in lower case, since they compare without regard to it. */
export function parseSelector(text: string): Result<Selector, SelectorError> {
  const legacy = LEGACY.get(text.trim())
  if (legacy !== undefined) return ok({ kind: 'path', items: [{ kind: 'type', type: legacy }] })
  if (text.length > SELECTOR_CHARACTERS_MAX) {
    return err({ reason: 'too_long', at: SELECTOR_CHARACTERS_MAX })
  }
  const reader = new SelectorReader(text)
  try {
    return ok(reader.read())
  } catch (refusal) {
    if (refusal instanceof Refusal) return err({ reason: refusal.reason, at: refusal.at })
    throw refusal
  }
}

/**
 * A safe field: a selector, or else a literal key. A plain word is always the key it spells, since
 * a field called `text` must not make every text safe.
 */
export function selectorOfField(field: string): Selector {
  const key: Selector = { kind: 'path', items: [{ kind: 'key', key: field.trim().toLowerCase() }] }
  if (LEGACY.has(field.trim())) return key
  const selector = parseSelector(field)
  return selector.ok ? selector.value : key
}

/** A key as a selector writes it. */
export function quoteKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : `'${key.replaceAll("'", "''")}'`
}

class Refusal extends Error {
  readonly reason: SelectorReason
  readonly at: number

  constructor(reason: SelectorReason, at: number) {
    super(reason)
    this.reason = reason
    this.at = at
  }
}

/** Recursive descent; `||` binds weakest, then `&&`, then `!`. */
class SelectorReader {
  private readonly text: string
  private at = 0
  private depth = 0

  constructor(text: string) {
    this.text = text
  }

  read(): Selector {
    this.skipSpace()
    if (this.at === this.text.length) throw new Refusal('empty', this.at)
    const selector = this.readChoice()
    if (this.at < this.text.length) throw new Refusal('unexpected_character', this.at)
    return selector
  }

  private readChoice(): Selector {
    return this.readChain('or', '|', () => this.readChain('and', '&', () => this.readTerm()))
  }

  private readChain(kind: 'and' | 'or', sign: string, readOne: () => Selector): Selector {
    const of = [readOne()]
    while (this.take(sign)) {
      if (this.text[this.at] === sign) this.at += 1
      of.push(readOne())
    }
    return of.length === 1 ? of[0]! : { kind, of }
  }

  private readTerm(): Selector {
    this.skipSpace()
    const start = this.at
    this.depth += 1
    if (this.depth > NESTING_MAX) throw new Refusal('too_deep', start)
    const selector = this.readInner(start)
    this.depth -= 1
    this.skipSpace()
    return selector
  }

  private readInner(start: number): Selector {
    if (this.take('!') || this.take('~')) return { kind: 'not', of: this.readTerm() }
    if (!this.take('(')) return this.readPath()
    const inner = this.readChoice()
    if (this.take(')')) return inner
    if (this.at < this.text.length) throw new Refusal('unexpected_character', this.at)
    throw new Refusal('unclosed_parenthesis', start)
  }

  private readPath(): Selector {
    const start = this.at
    const items = [this.readItem()]
    this.skipSpace()
    while (this.take('.')) {
      this.skipSpace()
      const at = this.at
      const item = this.readItem()
      if (item.kind === 'deep' && items.some(({ kind }) => kind === 'deep')) {
        throw new Refusal('deep_wildcard_twice', at)
      }
      items.push(item)
      this.skipSpace()
    }
    if (items.length === 1 && items[0]!.kind === 'any') throw new Refusal('bare_wildcard', start)
    return { kind: 'path', items }
  }

  private readItem(): PathItem {
    if (this.take('**')) return { kind: 'deep' }
    if (this.take('*')) return { kind: 'any' }
    const start = this.at
    if (this.text[this.at] === "'") {
      const quoted = this.match(QUOTED)
      if (!quoted) throw new Refusal('unclosed_quote', start)
      return { kind: 'key', key: quoted[1]!.replaceAll("''", "'").toLowerCase() }
    }
    const isType = this.take('$')
    const word = this.match(WORD)?.[0].toLowerCase()
    if (word === undefined) {
      const isEnd = this.at === this.text.length
      throw new Refusal(isEnd ? 'unexpected_end' : 'unexpected_character', this.at)
    }
    if (isType) return typeItem(word, start)
    if (/^\d+$/.test(word)) return { kind: 'index', index: Number(word) }
    return { kind: 'key', key: word }
  }

  private take(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false
    this.at += sign.length
    return true
  }

  private skipSpace(): void {
    this.match(SPACE)
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match) this.at = pattern.lastIndex
    return match
  }
}

function typeItem(word: string, at: number): PathItem {
  const type = valueTypeNamed(word)
  if (type === undefined) throw new Refusal('unknown_type', at)
  return { kind: 'type', type }
}
