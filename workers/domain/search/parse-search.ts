import { err, ok, type Result } from '../result.ts'
import type { Search, SearchError } from './search.ts'
import { SearchReader } from './search-reader.ts'

/** Terms and words of one query; more is a program, not a question. */
export const SEARCH_TERMS_MAX = 60
/** Parentheses within parentheses. */
const DEPTH_MAX = 20

type Parsed = Result<Search, SearchError>

/**
 * Reads a query: words next to each other mean AND, which binds closer than OR. An empty query is
 * an `all` of nothing and matches everything. Time is linear in the length of the text.
 */
export function parseSearch(text: string): Parsed {
  const reader = new SearchReader(text)
  const search = parseAny(reader, 0)
  if (!search.ok) return search
  if (!reader.isAtEnd()) return err(reader.syntaxError())
  return search
}

function parseAny(reader: SearchReader, depth: number): Parsed {
  const nodes: Search[] = []
  for (;;) {
    const node = parseAll(reader, depth)
    if (!node.ok) return node
    nodes.push(node.value)
    if (!reader.takeWord('OR')) break
    if (isEmpty(node.value) || reader.isAtEnd()) return err(reader.syntaxError())
  }
  const final = nodes.at(-1)
  if (nodes.length > 1 && final && isEmpty(final)) return err(reader.syntaxError())
  return ok(nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'any', nodes })
}

function parseAll(reader: SearchReader, depth: number): Parsed {
  const nodes: Search[] = []
  let isExpecting = false
  while (!reader.isAtEnd() && !reader.isAt(')') && !reader.isAtWord('OR')) {
    if (reader.takeWord('AND')) {
      if (nodes.length === 0 || isExpecting) return err(reader.syntaxError())
      isExpecting = true
      continue
    }
    const node = parseOne(reader, depth)
    if (!node.ok) return node
    nodes.push(node.value)
    isExpecting = false
  }
  if (isExpecting) return err(reader.syntaxError())
  return ok(nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'all', nodes })
}

function parseOne(reader: SearchReader, depth: number): Parsed {
  if (!reader.isAt('(')) {
    reader.terms += 1
    if (reader.terms > SEARCH_TERMS_MAX) {
      return err({ reason: 'too_complex', terms: reader.terms, max: SEARCH_TERMS_MAX })
    }
    return reader.readTerm() ?? reader.readText()
  }
  if (depth === DEPTH_MAX) return err({ reason: 'too_complex', terms: depth, max: DEPTH_MAX })
  reader.take('(')
  const inner = parseAny(reader, depth + 1)
  if (!inner.ok) return inner
  return reader.take(')') ? inner : err(reader.syntaxError())
}

function isEmpty(node: Search): boolean {
  return node.kind === 'all' && node.nodes.length === 0
}
