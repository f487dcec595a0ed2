import type { EventField } from './event-condition.ts'
import type { IssueField } from './issue-condition.ts'

/** What the value of a key may be. */
export type SearchKey =
  | { on: 'issue'; field: IssueField; as: 'text' | 'contains' | 'number' | 'date' }
  | { on: 'issue'; field: 'isUnhandled'; as: 'flag'; isNegated: boolean }
  | { on: 'event'; field: EventField; prefix?: string }
  | { on: 'special'; name: 'is' | 'has' | 'assigned' | 'issue' | 'project' | 'category' | 'none' }

const text = (field: IssueField): SearchKey => ({ on: 'issue', field, as: 'text' })
const number = (field: IssueField): SearchKey => ({ on: 'issue', field, as: 'number' })
const date = (field: IssueField): SearchKey => ({ on: 'issue', field, as: 'date' })
const special = (name: Extract<SearchKey, { on: 'special' }>['name']): SearchKey => ({
  on: 'special',
  name,
})
const user = (prefix: string): SearchKey => ({ on: 'event', field: 'user', prefix })

/** Keys with a meaning of their own (spec/web-api.md §6.2); any other is a tag. */
const KEYS = new Map<string, SearchKey>([
  ['is', special('is')],
  ['has', special('has')],
  ['status', text('status')],
  ['substatus', text('substatus')],
  ['assigned', special('assigned')],
  ['assigned_to', special('assigned')],
  ['assigned_or_suggested', special('assigned')],
  ['issue', special('issue')],
  ['issue.id', number('id')],
  ['issue.type', special('category')],
  ['issue.category', special('category')],
  ['issue.priority', text('priority')],
  ['project', special('project')],
  ['project.name', special('project')],
  ['project.id', number('projectId')],
  ['project_id', number('projectId')],
  // Nobody has bookmarks or subscriptions: what asks for one finds nothing.
  ['bookmarks', special('none')],
  ['bookmarked_by', special('none')],
  ['subscribed', special('none')],
  ['subscribed_by', special('none')],
  ['level', text('level')],
  ['platform', text('platform')],
  ['platform.name', text('platform')],
  ['logger', text('logger')],
  ['title', text('title')],
  ['message', { on: 'issue', field: 'title', as: 'contains' }],
  ['culprit', text('culprit')],
  ['location', text('location')],
  ['event.type', text('type')],
  ['error.type', text('errorType')],
  ['error.value', text('errorValue')],
  ['error.handled', { on: 'issue', field: 'isUnhandled', as: 'flag', isNegated: true }],
  ['error.unhandled', { on: 'issue', field: 'isUnhandled', as: 'flag', isNegated: false }],
  ['error.mechanism', { on: 'event', field: { tag: 'mechanism' } }],
  ['timesSeen', number('count')],
  ['times_seen', number('count')],
  ['userCount', number('userCount')],
  ['user_count', number('userCount')],
  ['firstSeen', date('firstSeenAt')],
  ['first_seen', date('firstSeenAt')],
  ['age', date('firstSeenAt')],
  ['lastSeen', date('lastSeenAt')],
  ['last_seen', date('lastSeenAt')],
  ['firstRelease', text('firstRelease')],
  ['first-release', text('firstRelease')],
  ['first_release', text('firstRelease')],
  ['environment', { on: 'event', field: 'environment' }],
  ['release', { on: 'event', field: 'release' }],
  ['trace', { on: 'event', field: 'trace' }],
  ['id', { on: 'event', field: 'id' }],
  ['user', { on: 'event', field: 'user' }],
  ['user.id', user('id:')],
  ['user.email', user('email:')],
  ['user.username', user('username:')],
  ['user.ip', user('ip:')],
])

/** `tags[x]` is always the tag of that name. */
export function searchKey(key: string): SearchKey {
  const tag = /^tags\[([^\],]+)(?:,.*)?\]$/.exec(key)?.[1]
  if (tag !== undefined) return { on: 'event', field: { tag } }
  return KEYS.get(key) ?? { on: 'event', field: { tag: key } }
}
