import { err, ok, type Result } from '../result.ts'
import type { IssueCondition } from './issue-condition.ts'
import type { SearchError } from './search.ts'

const status = (value: string): IssueCondition => ({ kind: 'in', field: 'status', values: [value] })
const substatus = (of: string, ...values: string[]): IssueCondition => ({
  kind: 'all',
  nodes: [status(of), { kind: 'in', field: 'substatus', values }],
})
const assigned: IssueCondition = { kind: 'has', field: 'assignee' }
const everything: IssueCondition = { kind: 'all', nodes: [] }
const nothing: IssueCondition = { kind: 'any', nodes: [] }

/** What may stand after `is:` (spec/web-api.md §6.2). */
const WORDS = new Map<string, IssueCondition>([
  ['unresolved', status('unresolved')],
  ['resolved', status('resolved')],
  ['ignored', status('ignored')],
  ['archived', status('ignored')],
  ['muted', status('ignored')],
  ['reprocessing', nothing],
  ['new', substatus('unresolved', 'new')],
  ['ongoing', substatus('unresolved', 'ongoing')],
  ['escalating', substatus('unresolved', 'escalating')],
  ['regressed', substatus('unresolved', 'regressed')],
  ['archived_until_escalating', substatus('ignored', 'archived_until_escalating')],
  ['archived_until_condition_met', substatus('ignored', 'archived_until_condition_met')],
  ['archived_forever', substatus('ignored', 'archived_forever')],
  ['assigned', assigned],
  ['unassigned', { kind: 'not', node: assigned }],
  ['for_review', substatus('unresolved', 'new', 'regressed', 'escalating')],
  // No issue is linked to another tracker yet.
  ['linked', nothing],
  ['unlinked', everything],
])

export function isWord(word: string): Result<IssueCondition, SearchError> {
  const condition = WORDS.get(word)
  return condition ? ok(condition) : err({ reason: 'is_unknown', known: [...WORDS.keys()] })
}

/** The statuses an issue that fulfils the condition can have: each is one walk along the index. */
export function possibleStatuses(condition: IssueCondition, all: string[]): string[] {
  switch (condition.kind) {
    case 'all':
      return condition.nodes.reduce((left, node) => possibleStatuses(node, left), all)
    case 'any': {
      const possible = condition.nodes.flatMap((node) => possibleStatuses(node, all))
      return all.filter((name) => possible.includes(name))
    }
    case 'in':
      return condition.field === 'status'
        ? all.filter((name) => condition.values.includes(name))
        : all
    case 'not': {
      const { node } = condition
      const isStatus = node.kind === 'in' && node.field === 'status'
      return isStatus ? all.filter((name) => !node.values.includes(name)) : all
    }
    default:
      return all
  }
}
