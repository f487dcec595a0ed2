import { Empty } from '@cloudflare/kumo/components/empty'
import { Icon } from '~/ui/icon.tsx'
import { type StatusTab, tabOf, textOf } from './issue-query.ts'

const TITLES: Record<StatusTab, string> = {
  unresolved: 'Nothing unresolved',
  resolved: 'Nothing resolved yet',
  ignored: 'Nothing ignored',
  all: 'No issues',
}

/** An empty list says why it is empty. */
export function IssueEmpty({ query }: { query: string }) {
  const tab = tabOf(query)
  const text = textOf(query)
  if (text !== '') {
    return (
      <Empty
        description={`Nothing ${tab === 'all' ? '' : `${tab} `}matches “${text}”. Other tabs may.`}
        icon={<Icon name="search" size={32} />}
        title="No match"
      />
    )
  }
  return (
    <Empty
      description={
        tab === 'unresolved'
          ? 'Every error this project reported is resolved or ignored.'
          : 'Issues appear here when their state changes.'
      }
      icon={<Icon name="check" size={32} />}
      title={TITLES[tab]}
    />
  )
}
