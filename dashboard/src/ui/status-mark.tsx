import { Badge } from './badge.tsx'

/** An issue's state, where it is worth saying: unresolved is the normal case and says nothing. */
export function StatusMark({ status }: { status: string }) {
  if (status === 'resolved') return <Badge tone="good">Resolved</Badge>
  if (status === 'ignored') return <Badge>Ignored</Badge>
  return null
}
