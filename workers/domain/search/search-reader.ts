import { err, ok, type Result } from '../result.ts'
import type { Search, SearchError, SearchTerm } from './search.ts'

const SPACE = /\s*/y
/** A key and its colon: a quoted one, `tags[x]`, `flags[x]`, a function, or a plain name. */
const KEY = /(!?)("[^"]*"|(?:tags|flags)\[[^\]\s]{1,200}\]|[A-Za-z0-9_.-]+(?:\([^()\s]*\))?):/y
/** Operator words a search bar writes between two private-use characters. */
const WORD_OPERATOR = /^\uf00d(Contains|StartsWith|EndsWith)\uf00d/
const PLAIN = /[^\s]*/y
/** How much of the text an error shows. */
const SHOWN_CHARACTERS = 20

type Read<Value> = Result<Value, SearchError>

/** Reads a query from left to right, never twice. */
export class SearchReader {
  terms = 0
  readonly #text: string
  #at = 0
  /** Parentheses open at this point: only then does `)` end a value. */
  #open = 0

  constructor(text: string) {
    this.#text = text
    this.#skipSpace()
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length
  }

  isAt(character: '(' | ')'): boolean {
    return this.#text[this.#at] === character
  }

  take(character: '(' | ')'): boolean {
    if (!this.isAt(character)) return false
    this.#open += character === '(' ? 1 : -1
    this.#at += 1
    this.#skipSpace()
    return true
  }

  isAtWord(word: 'AND' | 'OR'): boolean {
    const end = this.#at + word.length
    const isWord = this.#text.slice(this.#at, end).toUpperCase() === word
    return isWord && (end >= this.#text.length || /[\s()]/.test(this.#text[end] ?? ''))
  }

  takeWord(word: 'AND' | 'OR'): boolean {
    if (!this.isAtWord(word)) return false
    this.#at += word.length
    this.#skipSpace()
    return true
  }

  syntaxError(): SearchError {
    const at = this.#text.slice(this.#at, this.#at + SHOWN_CHARACTERS)
    return { reason: 'syntax', at, column: this.#at + 1 }
  }

  /** `key:value`, perhaps negated; null when no key stands here. */
  readTerm(): Read<Search> | null {
    const match = this.#match(KEY)
    if (!match) return null
    const key = (match[2] ?? '').replace(/^"|"$/g, '')
    const value = this.#readValue(key)
    if (!value.ok) return value
    this.#skipSpace()
    const term: SearchTerm = { kind: 'term', key, ...value.value }
    return ok(match[1] === '!' ? { kind: 'not', node: term } : term)
  }

  /** Quoted text, or a run of words up to the next term, operator or parenthesis. */
  readText(): Read<Search> {
    if (this.#text[this.#at] === '"') {
      const quoted = this.#readQuoted()
      this.#skipSpace()
      return quoted === null ? err(this.syntaxError()) : ok({ kind: 'text', text: quoted })
    }
    const words: string[] = []
    while (!this.isAtEnd() && !this.#endsText(words.length > 0)) {
      const word = this.#readPlain()
      if (word === '') break
      words.push(word)
      this.#skipSpace()
      if (this.#open > 0 && this.isAt(')')) break
    }
    return words.length > 0 ? ok({ kind: 'text', text: words.join(' ') }) : err(this.syntaxError())
  }

  #endsText(hasWords: boolean): boolean {
    if (!hasWords) return false
    if (this.isAt('(') || this.#text[this.#at] === '"') return true
    if (this.isAtWord('AND') || this.isAtWord('OR')) return true
    KEY.lastIndex = this.#at
    return KEY.test(this.#text)
  }

  #readValue(key: string): Read<Pick<SearchTerm, 'values' | 'isList' | 'isQuoted'>> {
    if (this.#text[this.#at] === '[') return this.#readList()
    if (this.#text[this.#at] === '"') {
      const quoted = this.#readQuoted()
      if (quoted === null) return err(this.syntaxError())
      return ok({ values: [quoted], isList: false, isQuoted: true })
    }
    const start = this.#at
    const plain = this.#readPlain()
    if (plain === '') return err({ reason: 'value_missing', key })
    if (/(?<!\\)"/.test(plain)) {
      return err({
        reason: 'quote_misplaced',
        at: this.#text.slice(start, start + SHOWN_CHARACTERS),
      })
    }
    return ok({ values: [withWordOperator(plain)], isList: false, isQuoted: false })
  }

  #readList(): Read<Pick<SearchTerm, 'values' | 'isList' | 'isQuoted'>> {
    const values: string[] = []
    this.#at += 1
    for (;;) {
      this.#skipSpace()
      const value = this.#text[this.#at] === '"' ? this.#readQuoted() : this.#readUntil(/[^,\]"]*/y)
      if (value === null) return err(this.syntaxError())
      if (value === '') return err({ reason: 'list_value_empty' })
      values.push(value)
      this.#skipSpace()
      const end = this.#text[this.#at]
      this.#at += 1
      if (end === ']') return ok({ values, isList: true, isQuoted: false })
      if (end !== ',') {
        this.#at -= 1
        return err(this.syntaxError())
      }
    }
  }

  /** The text between quotes; `\"` stands for a quote. Null when the closing one is missing. */
  #readQuoted(): string | null {
    let at = this.#at + 1
    while (at < this.#text.length && this.#text[at] !== '"') {
      at += this.#text[at] === '\\' ? 2 : 1
    }
    if (at >= this.#text.length) return null
    const quoted = this.#text.slice(this.#at + 1, at)
    this.#at = at + 1
    return quoted.replaceAll('\\"', '"')
  }

  /** A word. Inside parentheses it ends at the one that closes them, `f(x)` keeps its own. */
  #readPlain(): string {
    const word = this.#match(PLAIN)?.[0] ?? ''
    if (this.#open === 0) return word
    let depth = 0
    for (let i = 0; i < word.length; i += 1) {
      if (word[i] === '(') depth += 1
      if (word[i] !== ')') continue
      if (depth === 0) {
        this.#at -= word.length - i
        return word.slice(0, i)
      }
      depth -= 1
    }
    return word
  }

  #readUntil(pattern: RegExp): string {
    return (this.#match(pattern)?.[0] ?? '').trim()
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match) this.#at += match[0].length
    return match
  }

  #skipSpace(): void {
    this.#match(SPACE)
  }
}

/** `Contains`, `StartsWith` and `EndsWith` are the wildcards they stand for. */
function withWordOperator(value: string): string {
  const operator = WORD_OPERATOR.exec(value)
  if (!operator) return value
  const text = value.slice(operator[0].length)
  if (operator[1] === 'Contains') return `*${text}*`
  return operator[1] === 'StartsWith' ? `${text}*` : `*${text}`
}
