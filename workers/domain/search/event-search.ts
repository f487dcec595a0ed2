import { err, ok, type Result } from '../result.ts'
import type { EventCondition, EventField } from './event-condition.ts'
import type { Search, SearchError, SearchTerm } from './search.ts'
import { searchKey } from './search-key.ts'
import { PATTERN_PARTS_MAX, parseTextPattern, type TextPattern } from './text-pattern.ts'

type Refined = Result<EventCondition, SearchError>

/** What an event's own row says under a key that means the issue elsewhere. */
const EVENT_KEYS = new Map<string, EventField>([
  ['level', 'level'],
  ['platform', 'platform'],
  ['platform.name', 'platform'],
  ['title', 'title'],
  ['event.type', { tag: 'event.type' }],
])

/** A search among events: keys are fields of the event and tags, free text is looked for in its title. */
export function refineEventSearch(search: Search): Refined {
  switch (search.kind) {
    case 'all':
    case 'any': {
      const nodes: EventCondition[] = []
      for (const node of search.nodes) {
        const refined = refineEventSearch(node)
        if (!refined.ok) return refined
        nodes.push(refined.value)
      }
      return ok({ kind: search.kind, nodes })
    }
    case 'not': {
      const refined = refineEventSearch(search.node)
      return refined.ok ? ok({ kind: 'not', node: refined.value }) : refined
    }
    case 'text':
      return containing(search.text)
    case 'term':
      return refineTerm(search)
  }
}

function refineTerm(term: SearchTerm): Refined {
  const { key, values, isQuoted } = term
  if (key.endsWith(')')) return err({ reason: 'aggregate_refused', key })
  if (key === 'message') return containing(values[0] ?? '')
  if (key === 'has') {
    const field = fieldOf(values[0] ?? '')
    return field ? ok({ kind: 'has', field: field.field }) : err({ reason: 'key_refused', key })
  }
  const found = fieldOf(key)
  if (!found) return err({ reason: 'key_refused', key })
  const { field, prefix } = found
  if (isQuoted && values[0] === '') return ok({ kind: 'not', node: { kind: 'has', field } })
  const patterns: TextPattern[] = []
  for (const value of values) {
    const [first = '', ...rest] = parseTextPattern(value)
    if (rest.length >= PATTERN_PARTS_MAX) {
      const expected = `at most ${PATTERN_PARTS_MAX - 1} wildcards`
      return err({ reason: 'value_invalid', key, value, expected })
    }
    patterns.push([prefix + first, ...rest])
  }
  return ok({ kind: 'matches', field, patterns, fold: false })
}

function fieldOf(key: string): { field: EventField; prefix: string } | null {
  const own = EVENT_KEYS.get(key)
  if (own) return { field: own, prefix: '' }
  const known = searchKey(key)
  return known.on === 'event' ? { field: known.field, prefix: known.prefix ?? '' } : null
}

function containing(text: string): Refined {
  const parts = parseTextPattern(text.toLowerCase()).filter((part) => part !== '')
  return ok({ kind: 'matches', field: 'title', patterns: [['', ...parts, '']], fold: true })
}
