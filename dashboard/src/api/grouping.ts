import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod/mini'
import { GroupingInfo, IssueHash, MergeAnswer, OperationStarted } from '#contract/grouping.ts'
import { issuePath } from './issue.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { request } from './request.ts'

/** Why an event is in its issue. */
export function groupingInfo(path: ProjectPath, eventId: string) {
  return queryOptions({
    queryKey: ['grouping-info', path.org, path.project, eventId],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      request(
        GroupingInfo,
        `${projectPath(path)}/events/${encodeURIComponent(eventId)}/grouping-info/`,
        { signal },
      ),
  })
}

/** The hashes that lead to an issue, most events first. */
export function issueHashes(org: string, issueId: string) {
  return queryOptions({
    queryKey: ['issue-hashes', org, issueId],
    queryFn: ({ signal }) =>
      request(z.array(IssueHash), `${issuePath(org, issueId)}/hashes/`, { signal }),
  })
}

/** Takes hashes out of an issue; answers the operation that undoes it. */
export async function unmerge(org: string, issueId: string, hashes: string[]): Promise<string> {
  const search = new URLSearchParams(hashes.map((hash) => ['id', hash]))
  const url = `${issuePath(org, issueId)}/hashes/?${search}`
  return (await request(OperationStarted, url, { method: 'PUT' })).operationId
}

/** Joins issues into the one with the most events; answers the operation that undoes it. */
export async function merge(org: string, ids: string[]): Promise<string> {
  const search = new URLSearchParams(ids.map((id) => ['id', id]))
  const url = `/organizations/${encodeURIComponent(org)}/issues/?${search}`
  const answer = await request(MergeAnswer, url, { method: 'PUT', body: { merge: 1 } })
  return answer.merge.operationId
}

export function undoOperation(path: ProjectPath, operationId: string) {
  const url = `${projectPath(path)}/grouping/operations/${encodeURIComponent(operationId)}/undo/`
  return request(OperationStarted, url, { method: 'POST' })
}
