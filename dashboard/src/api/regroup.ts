import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod/mini'
import {
  GlobalIssue,
  GroupingOperation,
  GroupingPreview,
  GroupingSettings,
  OperationStarted,
} from '#contract/grouping.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { request } from './request.ts'

/** While a regrouping is under way its progress is asked for this often. */
const REFETCH_MS = 1000

export function groupingSettings(path: ProjectPath) {
  return queryOptions({
    queryKey: ['project', path.org, path.project, 'grouping'],
    queryFn: ({ signal }) => request(GroupingSettings, `${projectPath(path)}/`, { signal }),
  })
}

/** What of a project's grouping is to change; the names of `PUT /projects/{org}/{project}/`. */
export type GroupingChange = Partial<GroupingSettings>

/** For the next event; history stays as it is. */
export function saveGrouping(path: ProjectPath, change: GroupingChange) {
  const ask = { method: 'PUT', body: change } as const
  return request(GroupingSettings, `${projectPath(path)}/`, ask)
}

/** Looks at the newest stored events of the last days. */
export function startPreview(path: ProjectPath, change: GroupingChange, days: number) {
  const ask = { method: 'POST', body: { ...change, days } } as const
  return request(GroupingPreview, `${projectPath(path)}/grouping/preview/`, ask)
}

/** Looks at older ones, too. */
export function continuePreview(path: ProjectPath, id: string) {
  const url = `${projectPath(path)}/grouping/preview/${encodeURIComponent(id)}/`
  return request(GroupingPreview, url, { method: 'POST' })
}

export function applyPreview(path: ProjectPath, id: string) {
  const url = `${projectPath(path)}/grouping/operations/${encodeURIComponent(id)}/apply/`
  return request(OperationStarted, url, { method: 'POST' })
}

/** What was regrouped in a project, newest first. */
export function groupingOperations(path: ProjectPath) {
  return queryOptions({
    queryKey: ['grouping-operations', path.org, path.project],
    queryFn: ({ signal }) =>
      request(z.array(GroupingOperation), `${projectPath(path)}/grouping/operations/`, { signal }),
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? REFETCH_MS : false),
  })
}

export function isUnderWay({ state }: GroupingOperation): boolean {
  return state === 'running' || state === 'undoing'
}

/** Issues of several projects that share a hash; refused where the organization has it off. */
export function globalIssues(org: string) {
  return queryOptions({
    queryKey: ['global-issues', org],
    retry: false,
    queryFn: ({ signal }) =>
      request(
        z.array(GlobalIssue),
        `/organizations/${encodeURIComponent(org)}/global-issues/?per_page=50`,
        { signal },
      ),
  })
}

export async function setGlobalGrouping(org: string, isOn: boolean): Promise<void> {
  await request(z.looseObject({}), `/organizations/${encodeURIComponent(org)}/`, {
    method: 'PUT',
    body: { globalGrouping: isOn },
  })
}
