import type { IssueCondition, IssueField } from '#domain/search/issue-condition.ts'
import type { TextPattern } from '#domain/search/text-pattern.ts'
import { allOf, anyOf, type Condition, not } from './condition.ts'

/** Where each field stands. `->>` reads a key of the JSON in `metadata`. */
const COLUMNS: Record<IssueField | 'isUnhandled', string> = {
  status: 'issue.status',
  substatus: 'issue.substatus',
  level: 'issue.level',
  platform: 'issue.platform',
  logger: 'issue.logger',
  title: 'issue.title',
  culprit: 'issue.culprit',
  location: 'issue.location',
  type: 'issue.type',
  errorType: "issue.metadata->>'type'",
  errorValue: "issue.metadata->>'value'",
  assignee: 'issue.assignee',
  priority: 'issue.priority',
  firstRelease: 'issue.first_release',
  firstSeenAt: 'issue.first_seen_at',
  lastSeenAt: 'issue.last_seen_at',
  count: 'issue.count',
  userCount: 'issue.user_count',
  projectId: 'issue.project_id',
  id: 'issue.id',
  shortNumber: 'issue.short_number',
  isUnhandled: 'issue.is_unhandled',
}

/** A search's condition on issues as a WHERE clause over the table `issue`. */
export function issueCondition(condition: IssueCondition): Condition {
  switch (condition.kind) {
    case 'all':
      return allOf(condition.nodes.map(issueCondition))
    case 'any':
      return anyOf(condition.nodes.map(issueCondition))
    case 'not':
      return not(issueCondition(condition.node))
    case 'in': {
      const values = JSON.stringify(condition.values)
      const column = COLUMNS[condition.field]
      return { sql: `${column} IN (SELECT value FROM json_each(?))`, values: [values] }
    }
    case 'matches': {
      const column = COLUMNS[condition.field]
      const text = condition.fold ? `lower(${column})` : column
      return anyOf(condition.patterns.map((pattern) => textCondition(text, pattern)))
    }
    case 'range': {
      const column = COLUMNS[condition.field]
      const { from, until } = condition.range
      const bounds: Condition[] = []
      if (from !== null) bounds.push({ sql: `${column} >= ?`, values: [from] })
      if (until !== null) bounds.push({ sql: `${column} < ?`, values: [until] })
      return allOf(bounds)
    }
    case 'has':
      return { sql: `coalesce(${COLUMNS[condition.field]}, '') <> ''`, values: [] }
    case 'flag':
      return { sql: `${COLUMNS[condition.field]} = ?`, values: [condition.value ? 1 : 0] }
  }
}

/**
 * Wildcards by `instr`: D1 takes no LIKE pattern above 50 bytes. Each part is looked for in what the
 * one before it left, so that order counts; the few parts a pattern may have keep this short.
 */
function textCondition(text: string, pattern: TextPattern): Condition {
  const [first = '', ...rest] = pattern
  const final = rest.pop()
  if (final === undefined) return { sql: `${text} = ?`, values: [first] }
  let left: Condition = { sql: text, values: [] }
  const conditions: Condition[] = []
  if (first !== '') {
    conditions.push({ sql: `substr(${text}, 1, ?) = ?`, values: [lengthOf(first), first] })
    left = { sql: `substr(${text}, ?)`, values: [lengthOf(first) + 1] }
  }
  for (const part of rest) {
    const { sql, values } = left
    conditions.push({ sql: `instr(${sql}, ?) > 0`, values: [...values, part] })
    left = {
      sql: `substr(${sql}, instr(${sql}, ?) + ?)`,
      values: [...values, ...values, part, lengthOf(part)],
    }
  }
  if (final !== '') {
    conditions.push({
      sql: `substr(${left.sql}, -?) = ?`,
      values: [...left.values, lengthOf(final), final],
    })
  }
  return conditions.length > 0 ? allOf(conditions) : { sql: `${text} IS NOT NULL`, values: [] }
}

/** In characters as SQLite counts them: code points. */
function lengthOf(text: string): number {
  return [...text].length
}
