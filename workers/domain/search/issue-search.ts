import { parseShortId } from '../issue/short-id.ts'
import { err, ok, type Result } from '../result.ts'
import type { EventCondition } from './event-condition.ts'
import { isWord } from './is-word.ts'
import type { IssueCondition, IssueField } from './issue-condition.ts'
import { parseDateRange, parseNumberRange } from './range.ts'
import type { Search, SearchError, SearchTerm } from './search.ts'
import { type SearchKey, searchKey } from './search-key.ts'
import { PATTERN_PARTS_MAX, parseTextPattern, type TextPattern } from './text-pattern.ts'

/**
 * A search for issues, in the two halves that two stores can answer: what the issue itself must be,
 * and what one of its events must be. Both must hold.
 */
export interface IssueSearch {
  issue: IssueCondition
  /** Null when nothing is asked of events. */
  event: EventCondition | null
}

/** What words in a query stand for. */
export interface SearchWorld {
  /** Unix ms. */
  now: number
  projects: { id: number; slug: string }[]
  /** Assignees (`user:1`, `team:2`) a name stands for; null for a name nobody has. */
  findAssignees: (name: string) => string[] | null
}

type Half = { issue: IssueCondition; event: null } | { issue: null; event: EventCondition }
type Refined<Value> = Result<Value, SearchError>

const EVERY: IssueCondition = { kind: 'all', nodes: [] }
const NONE: IssueCondition = { kind: 'any', nodes: [] }

/** Gives a query its meaning, or says which part has none. */
export function refineIssueSearch(search: Search, world: SearchWorld): Refined<IssueSearch> {
  const nodes = search.kind === 'all' ? search.nodes : [search]
  const refined = refineAll(nodes, world)
  if (!refined.ok) return refined
  const { issue, event } = refined.value
  return ok({
    issue: { kind: 'all', nodes: issue },
    event: event.length > 0 ? { kind: 'all', nodes: event } : null,
  })
}

function refine(node: Search, world: SearchWorld): Refined<Half> {
  switch (node.kind) {
    case 'all':
    case 'any':
      return refineGroup(node.kind, node.nodes, world)
    case 'not': {
      const half = refine(node.node, world)
      if (!half.ok) return half
      const { issue, event } = half.value
      return ok(
        issue
          ? { issue: { kind: 'not', node: issue }, event: null }
          : { issue: null, event: { kind: 'not', node: event } },
      )
    }
    case 'text':
      return ok(ofIssue(containing(node.text)))
    case 'term':
      return refineTerm(node, world)
  }
}

/** Nodes by the store that answers them. */
function refineAll(
  nodes: Search[],
  world: SearchWorld,
): Refined<{ issue: IssueCondition[]; event: EventCondition[] }> {
  const issue: IssueCondition[] = []
  const event: EventCondition[] = []
  for (const node of nodes) {
    const half = refine(node, world)
    if (!half.ok) return half
    if (half.value.issue) issue.push(half.value.issue)
    else event.push(half.value.event)
  }
  return ok({ issue, event })
}

/** Nodes under one OR (or in parentheses) must be answerable by one store. */
function refineGroup(kind: 'all' | 'any', nodes: Search[], world: SearchWorld): Refined<Half> {
  const refined = refineAll(nodes, world)
  if (!refined.ok) return refined
  const { issue, event } = refined.value
  if (issue.length > 0 && event.length > 0) return err({ reason: 'mixed_or' })
  return ok(
    event.length > 0
      ? { issue: null, event: { kind, nodes: event } }
      : ofIssue({ kind, nodes: issue }),
  )
}

function refineTerm(term: SearchTerm, world: SearchWorld): Refined<Half> {
  if (term.key.endsWith(')')) return err({ reason: 'aggregate_refused', key: term.key })
  const key = searchKey(term.key)
  if (key.on === 'special') return refineSpecial(key.name, term, world)
  const isAbsent = term.isQuoted && term.values[0] === ''
  if (isAbsent) {
    const present = has(key)
    return present.issue
      ? ok(ofIssue({ kind: 'not', node: present.issue }))
      : ok({ issue: null, event: { kind: 'not', node: present.event } })
  }
  if (key.on === 'event') {
    const patterns = patternsOf(term, key.prefix ?? '')
    if (!patterns.ok) return patterns
    const { field } = key
    return ok({
      issue: null,
      event: { kind: 'matches', field, patterns: patterns.value, fold: false },
    })
  }
  return refineIssueTerm(key, term, world)
}

function refineIssueTerm(
  key: Extract<SearchKey, { on: 'issue' }>,
  term: SearchTerm,
  world: SearchWorld,
): Refined<Half> {
  const refuse = (expected: string): Refined<Half> =>
    err({ reason: 'value_invalid', key: term.key, value: term.values.join(','), expected })
  if (key.as === 'flag') {
    const value = flagOf(term.values[0])
    if (value === null || term.isList) return refuse('true, false, 1 or 0')
    return ok(ofIssue({ kind: 'flag', field: key.field, value: value !== key.isNegated }))
  }
  const { field } = key
  if (key.as === 'text') {
    const patterns = patternsOf(term, '')
    return patterns.ok
      ? ok(ofIssue({ kind: 'matches', field, patterns: patterns.value, fold: false }))
      : patterns
  }
  if (key.as === 'contains') {
    return ok(ofIssue({ kind: 'any', nodes: term.values.map(containing) }))
  }
  const nodes: IssueCondition[] = []
  for (const value of term.values) {
    const parsed = key.as === 'number' ? parseNumberRange(value) : parseDateRange(value, world.now)
    if (!parsed) return refuse(key.as === 'number' ? 'a number' : 'a date or a time such as -24h')
    const range: IssueCondition = { kind: 'range', field, range: parsed.range }
    nodes.push(parsed.isNegated ? { kind: 'not', node: range } : range)
  }
  return ok(ofIssue({ kind: 'any', nodes }))
}

function refineSpecial(
  name: Extract<SearchKey, { on: 'special' }>['name'],
  term: SearchTerm,
  world: SearchWorld,
): Refined<Half> {
  switch (name) {
    case 'is': {
      if (term.isList) return err({ reason: 'list_refused', key: 'is' })
      const condition = isWord(term.values[0] ?? '')
      return condition.ok ? ok(ofIssue(condition.value)) : condition
    }
    case 'has': {
      const key = searchKey(term.values[0] ?? '')
      if (key.on === 'special') return ok(ofIssue(key.name === 'assigned' ? assigned : EVERY))
      return ok(has(key))
    }
    case 'assigned':
      return ok(
        ofIssue({ kind: 'any', nodes: term.values.map((value) => assignedTo(value, world)) }),
      )
    case 'issue':
      return ok(
        ofIssue({ kind: 'any', nodes: term.values.map((value) => ofShortId(value, world)) }),
      )
    case 'project': {
      const ids = world.projects
        .filter(({ id, slug }) =>
          term.values.some((value) => value === slug || value === String(id)),
        )
        .map(({ id }) => id)
      return ok(ofIssue({ kind: 'in', field: 'projectId', values: ids }))
    }
    case 'category':
      return ok(ofIssue(term.values.includes('error') ? EVERY : NONE))
    case 'none':
      return ok(ofIssue(NONE))
  }
}

const assigned: IssueCondition = { kind: 'has', field: 'assignee' }

function assignedTo(name: string, world: SearchWorld): IssueCondition {
  if (name === 'none') return { kind: 'not', node: assigned }
  const values = world.findAssignees(name) ?? []
  return { kind: 'in', field: 'assignee', values }
}

function ofShortId(value: string, world: SearchWorld): IssueCondition {
  const shortId = parseShortId(value)
  const project = shortId && world.projects.find(({ slug }) => slug === shortId.slug)
  if (!shortId || !project) return NONE
  return {
    kind: 'all',
    nodes: [
      { kind: 'in', field: 'projectId', values: [project.id] },
      { kind: 'in', field: 'shortNumber', values: [shortId.number] },
    ],
  }
}

function has(key: Exclude<SearchKey, { on: 'special' }>): Half {
  if (key.on === 'event') return { issue: null, event: { kind: 'has', field: key.field } }
  return ofIssue(key.as === 'flag' ? EVERY : { kind: 'has', field: key.field })
}

const TEXT_FIELDS: IssueField[] = ['title', 'culprit', 'errorValue']

/** Free text: somewhere in what an issue says, in any case. */
function containing(text: string): IssueCondition {
  const parts = parseTextPattern(text.toLowerCase())
  const pattern = ['', ...parts.filter((part) => part !== ''), '']
  if (pattern.length > PATTERN_PARTS_MAX) return NONE
  const nodes = TEXT_FIELDS.map((field): IssueCondition => {
    return { kind: 'matches', field, patterns: [pattern], fold: true }
  })
  return { kind: 'any', nodes }
}

function patternsOf(term: SearchTerm, prefix: string): Refined<TextPattern[]> {
  const patterns: TextPattern[] = []
  for (const value of term.values) {
    const [first = '', ...rest] = parseTextPattern(value)
    const pattern = [prefix + first, ...rest]
    if (pattern.length > PATTERN_PARTS_MAX) {
      const expected = `at most ${PATTERN_PARTS_MAX - 1} wildcards`
      return err({ reason: 'value_invalid', key: term.key, value, expected })
    }
    patterns.push(pattern)
  }
  return ok(patterns)
}

function flagOf(value: string | undefined): boolean | null {
  if (value === 'true' || value === '1') return true
  return value === 'false' || value === '0' ? false : null
}

function ofIssue(issue: IssueCondition): Half {
  return { issue, event: null }
}
