/**
 * A search query as a tree (spec/web-api.md §6.1). Terms are still words here: what a key means is
 * the business of whoever searches (issue-search.ts).
 */
export type Search =
  | { kind: 'all'; nodes: Search[] }
  | { kind: 'any'; nodes: Search[] }
  | { kind: 'not'; node: Search }
  | SearchTerm
  | { kind: 'text'; text: string }

export interface SearchTerm {
  kind: 'term'
  /** As written, without quotes; `tags[x]` and `flags[x]` keep their brackets. */
  key: string
  /** One value, or those of a list. Escapes of `*` are kept, see text-pattern.ts. */
  values: string[]
  isList: boolean
  isQuoted: boolean
}

export type SearchError =
  | { reason: 'syntax'; at: string; column: number }
  | { reason: 'value_missing'; key: string }
  | { reason: 'list_value_empty' }
  | { reason: 'quote_misplaced'; at: string }
  | { reason: 'too_complex'; terms: number; max: number }
  | { reason: 'list_refused'; key: string }
  | { reason: 'aggregate_refused'; key: string }
  | { reason: 'is_unknown'; known: string[] }
  | { reason: 'value_invalid'; key: string; value: string; expected: string }
  | { reason: 'key_refused'; key: string }
  | { reason: 'mixed_or' }
