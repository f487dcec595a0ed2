/**
 * A glob taken apart. Braces become alternatives here, so that what is left is a row of characters,
 * classes and stars (spec/grouping.md §10).
 */
export type GlobToken = string | typeof ANY | typeof STAR | CharacterClass

/** `?`: any one character. */
export const ANY = Symbol('?')
/** `*`: any number of characters. */
export const STAR = Symbol('*')

export interface CharacterClass {
  isNegated: boolean
  /** Code points, both ends included. */
  ranges: [first: number, last: number][]
}

/** Alternatives one pattern may stand for; more make it invalid. Ours: rules are written by hand. */
const ALTERNATIVES_MAX = 64

type Piece = GlobToken | Piece[][]

/** The alternatives of a pattern, or null when it is invalid and so matches nothing. */
export function parseGlob(pattern: string): GlobToken[][] | null {
  const reader = { characters: [...pattern], at: 0 }
  const pieces = readPieces(reader, 0)
  if (!pieces || reader.at < reader.characters.length) return null
  return expand(pieces)
}

interface Reader {
  characters: string[]
  at: number
}

/** Reads up to the end, or inside braces up to the `,` or `}` that ends this alternative. */
function readPieces(reader: Reader, depth: number): Piece[] | null {
  const pieces: Piece[] = []
  while (reader.at < reader.characters.length) {
    const character = reader.characters[reader.at]!
    if (depth > 0 && (character === ',' || character === '}')) return pieces
    if (character === '}') return null
    reader.at++
    const piece = readPiece(reader, character, depth)
    if (piece === null) return null
    pieces.push(piece)
  }
  return depth === 0 ? pieces : null
}

function readPiece(reader: Reader, character: string, depth: number): Piece | null {
  switch (character) {
    case '?':
      return ANY
    case '*':
      return STAR
    case '\\':
      return reader.characters[reader.at++] ?? null
    case '[':
      return readClass(reader)
    case '{':
      return depth < 8 ? readAlternatives(reader, depth + 1) : null
    default:
      return character
  }
}

function readAlternatives(reader: Reader, depth: number): Piece[][] | null {
  const alternatives: Piece[][] = []
  for (;;) {
    const pieces = readPieces(reader, depth)
    if (!pieces) return null
    if (pieces.length > 0) alternatives.push(pieces)
    if (reader.characters[reader.at++] === '}') {
      return alternatives.length > 0 ? alternatives : [[]]
    }
  }
}

/** A `]` that comes first is a member, as is a `-` at either end. */
function readClass(reader: Reader): CharacterClass | null {
  const first = reader.characters[reader.at]
  const isNegated = first === '!' || first === '^'
  if (isNegated) reader.at++
  const ranges: [number, number][] = []
  for (;;) {
    const start = reader.characters[reader.at++]
    if (start === undefined) return null
    if (start === ']' && ranges.length > 0) return { isNegated, ranges }
    const end = reader.characters[reader.at + 1]
    if (reader.characters[reader.at] === '-' && end !== undefined && end !== ']') {
      if (start > end) return null
      ranges.push([start.codePointAt(0)!, end.codePointAt(0)!])
      reader.at += 2
    } else {
      ranges.push([start.codePointAt(0)!, start.codePointAt(0)!])
    }
  }
}

function expand(pieces: Piece[]): GlobToken[][] | null {
  let rows: GlobToken[][] = [[]]
  for (const piece of pieces) {
    if (!Array.isArray(piece)) {
      for (const row of rows) row.push(piece)
      continue
    }
    const choices = piece.map(expand)
    if (choices.includes(null)) return null
    const tails = (choices as GlobToken[][][]).flat()
    if (rows.length * tails.length > ALTERNATIVES_MAX) return null
    rows = rows.flatMap((row) => tails.map((tail) => [...row, ...tail]))
  }
  return rows
}
