/*
 * Where something stands in a JSON text: what `JSON.parse` does not say, and people who write rules
 * need to know. Linear in the text; nesting beyond LEVELS_MAX counts as an error.
 */

/** Both from 1; columns count UTF-16 units. */
export interface TextPlace {
  line: number
  column: number
}

const LEVELS_MAX = 100

/** Where a text stops being JSON; null when it is JSON. */
export function jsonErrorPlace(text: string): TextPlace | null {
  const at = new JsonWalk(text).walk()
  return at === null ? null : placeAt(text, at)
}

/**
 * Where the key of a value stands, the value named by the keys that lead to it, joined by dots
 * (`rules.card.pattern`). Where it is missing, the key of what it is missing from.
 */
export function jsonPlace(text: string, path: string): TextPlace {
  let nearest = { length: -1, at: 0 }
  new JsonWalk(text, (found, at) => {
    const isOnWay = found === '' || found === path || path.startsWith(`${found}.`)
    if (isOnWay && found.length > nearest.length) nearest = { length: found.length, at }
  }).walk()
  return placeAt(text, nearest.at)
}

function placeAt(text: string, at: number): TextPlace {
  const before = text.slice(0, at)
  const lines = before.split('\n')
  return { line: lines.length, column: before.length - before.lastIndexOf('\n') }
}

const SPACE = /[ \t\n\r]*/y
/** Of characters from space on. */
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y

/** Ends a walk where the text stops being JSON. */
class Stop extends Error {
  readonly at: number

  constructor(at: number) {
    super('not JSON')
    this.at = at
  }
}

class JsonWalk {
  readonly #text: string
  readonly #visit: (path: string, at: number) => void
  #at = 0

  constructor(text: string, visit: (path: string, at: number) => void = () => {}) {
    this.#text = text
    this.#visit = visit
  }

  /** The offset at which the text stops being JSON, or null. */
  walk(): number | null {
    try {
      this.#skipSpace()
      this.#visit('', this.#at)
      this.#value('', 0)
      this.#skipSpace()
      return this.#at < this.#text.length ? this.#at : null
    } catch (stop) {
      if (stop instanceof Stop) return stop.at
      throw stop
    }
  }

  #value(path: string, level: number): void {
    if (level > LEVELS_MAX) throw new Stop(this.#at)
    this.#skipSpace()
    const next = this.#text[this.#at]
    if (next === '{') this.#list('{', '}', () => this.#member(path, level))
    else if (next === '[') this.#list('[', ']', (index) => this.#element(path, index, level))
    else this.#take(next === '"' ? STRING : SCALAR)
    this.#skipSpace()
  }

  #list(open: string, close: string, one: (index: number) => void): void {
    this.#sign(open)
    this.#skipSpace()
    for (let index = 0; this.#text[this.#at] !== close; index += 1) {
      if (index > 0) this.#sign(',')
      this.#skipSpace()
      one(index)
    }
    this.#sign(close)
  }

  #member(path: string, level: number): void {
    const at = this.#at
    const key = JSON.parse(this.#take(STRING)) as string
    const inner = path === '' ? key : `${path}.${key}`
    this.#visit(inner, at)
    this.#skipSpace()
    this.#sign(':')
    this.#value(inner, level + 1)
  }

  #element(path: string, index: number, level: number): void {
    const inner = path === '' ? String(index) : `${path}.${index}`
    this.#visit(inner, this.#at)
    this.#value(inner, level + 1)
  }

  #sign(sign: string): void {
    if (this.#text[this.#at] !== sign) throw new Stop(this.#at)
    this.#at += 1
  }

  #skipSpace(): void {
    this.#take(SPACE)
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (!match) throw new Stop(this.#at)
    this.#at = pattern.lastIndex
    return match[0]
  }
}
