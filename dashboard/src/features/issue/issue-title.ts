import type { Issue } from '#contract/issue.ts'

/** A title in two parts: what kind, and what it says. The second may be missing. */
export function splitTitle(issue: Pick<Issue, 'title' | 'metadata'>): [string, string | undefined] {
  const { type, value } = issue.metadata
  if (type) return [type, value || undefined]
  return [issue.title || 'Untitled', undefined]
}
