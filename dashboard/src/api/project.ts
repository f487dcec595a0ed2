import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod/mini'
import { Project } from '#contract/project.ts'
import { ProjectKey } from '#contract/project-key.ts'
import { request } from './request.ts'

/** Names a project the way its pages' URLs do. */
export type ProjectPath = { org: string; project: string }

export function projectPath({ org, project }: ProjectPath): string {
  return `/projects/${encodeURIComponent(org)}/${encodeURIComponent(project)}`
}

export const projectList = queryOptions({
  queryKey: ['projects'],
  staleTime: 60_000,
  queryFn: ({ signal }) => request(z.array(Project), '/projects/', { signal }),
})

/** One project, asked again every `pollMs` while it waits for its first event. */
export function projectDetail(path: ProjectPath, pollMs?: number) {
  return queryOptions({
    queryKey: ['project', path.org, path.project],
    queryFn: ({ signal }) => request(Project, `${projectPath(path)}/`, { signal }),
    refetchInterval: ({ state }) =>
      pollMs !== undefined && state.data?.firstEvent === null ? pollMs : false,
  })
}

export function projectKeys(path: ProjectPath) {
  return queryOptions({
    queryKey: ['project', path.org, path.project, 'keys'],
    staleTime: 60_000,
    queryFn: ({ signal }) => request(z.array(ProjectKey), `${projectPath(path)}/keys/`, { signal }),
  })
}
