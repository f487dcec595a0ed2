import { literalClass, perlClass, posixClass } from './character-class.ts'
import { type Cursor, Refusal } from './cursor.ts'

/** The inside of a class, as ./character-class.ts takes it. */
export interface ClassText {
  inside: string
  isNegated: boolean
}

const CONTROLS: Record<string, number> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, '0': 0 }
const HEX = /(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|[xu]\{([0-9a-fA-F]{1,6})\})/y
const PROPERTY = /[pP](?:\{(\^?)([\w=]{1,64})\}|([A-Z]))/y
const POSIX_CLASS = /\[:(\^?)([a-z]{1,10}):\]/y
/** Operators on sets, which we do not read. */
const OPERATOR = /&&|--|~~/y
const CLASS_DEPTH_MAX = 16

/** Behind the `[` that stood at `start`, to behind its `]`. */
export function readClass(cursor: Cursor, start: number, depth = 0): ClassText {
  if (depth > CLASS_DEPTH_MAX) throw new Refusal('too_deep', start)
  const isNegated = cursor.take('^')
  const parts: string[] = []
  for (let isFirst = true; isFirst || cursor.next !== ']'; isFirst = false) {
    if (cursor.isAtEnd) throw new Refusal('bad_class', start)
    parts.push(readPart(cursor, depth))
  }
  cursor.at += 1
  return { inside: parts.join(''), isNegated }
}

/** Behind the backslash that stood at `start`: what it stands for. */
export function readClassEscape(cursor: Cursor, start: number): string {
  const property = cursor.match(PROPERTY)
  if (property) {
    const isNegated = property[0].startsWith('P') !== (property[1] === '^')
    return `\\${isNegated ? 'P' : 'p'}{${property[2] ?? property[3]}}`
  }
  const hex = cursor.match(HEX)
  if (hex) {
    const codePoint = Number.parseInt((hex[1] ?? hex[2] ?? hex[3])!, 16)
    if (codePoint > 0x10ffff) throw new Refusal('unknown_escape', start)
    return literalClass(codePoint)
  }
  if (cursor.isAtEnd) throw new Refusal('unexpected_end', start)
  const codePoint = cursor.takePoint()
  const letter = String.fromCodePoint(codePoint)
  const perl = perlClass(letter)
  if (perl !== undefined) return perl
  if (Object.hasOwn(CONTROLS, letter)) return literalClass(CONTROLS[letter]!)
  if (/[A-Za-z0-9]/.test(letter)) throw new Refusal('unknown_escape', start)
  return literalClass(codePoint)
}

/** A class inside the class, a character or a range. */
function readPart(cursor: Cursor, depth: number): string {
  const at = cursor.at
  if (cursor.match(OPERATOR)) throw new Refusal('bad_class', at)
  const posix = cursor.match(POSIX_CLASS)
  if (posix) {
    const inside = posixClass(posix[2]!, posix[1] === '^')
    if (inside === undefined) throw new Refusal('bad_class', at)
    return inside
  }
  if (cursor.take('[')) {
    const { inside, isNegated } = readClass(cursor, at, depth + 1)
    return `[${isNegated ? '^' : ''}${inside}]`
  }
  const first = readCharacter(cursor)
  const isRange = cursor.next === '-' && !/[\]-]/.test(cursor.text[cursor.at + 1] ?? ']')
  if (!isRange) return first
  cursor.at += 1
  return `${first}-${readCharacter(cursor)}`
}

function readCharacter(cursor: Cursor): string {
  const at = cursor.at
  if (cursor.take('\\')) return readClassEscape(cursor, at)
  if (cursor.isAtEnd) throw new Refusal('bad_class', at)
  return literalClass(cursor.takePoint())
}
