import { Badge } from '@cloudflare/kumo/components/badge'

/** An issue's state, where it is worth saying: unresolved is the normal case and says nothing. */
export function StatusMark({ status }: { status: string }) {
  if (status === 'resolved') return <Badge variant="success">Resolved</Badge>
  if (status === 'ignored') return <Badge variant="secondary">Ignored</Badge>
  return null
}
