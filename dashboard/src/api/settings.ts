import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  type FilterSettings,
  OrganizationSettings,
  ProjectSettings,
  type ScrubbingSettings,
} from '#contract/project-settings.ts'
import { ScrubbingPreview } from '#contract/scrubbing-preview.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { request } from './request.ts'

export function projectSettings(path: ProjectPath) {
  return queryOptions({
    queryKey: ['project', path.org, path.project, 'settings'],
    queryFn: ({ signal }) => request(ProjectSettings, `${projectPath(path)}/`, { signal }),
  })
}

/** What the organization asks of all its projects. */
export function organizationSettings(org: string) {
  return queryOptions({
    queryKey: ['organization', org, 'settings'],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      request(OrganizationSettings, `/organizations/${encodeURIComponent(org)}/?detailed=0`, {
        signal,
      }),
  })
}

export type SettingsChange = Partial<ScrubbingSettings> & { options?: Partial<FilterSettings> }

/** Answers the settings as they are now. */
export function saveSettings(path: ProjectPath, change: SettingsChange): Promise<ProjectSettings> {
  return request(ProjectSettings, `${projectPath(path)}/`, { method: 'PUT', body: change })
}

/** The same for what an organization asks of all its projects. */
export function saveOrganization(
  org: string,
  change: Partial<ScrubbingSettings>,
): Promise<OrganizationSettings> {
  const address = `/organizations/${encodeURIComponent(org)}/`
  return request(OrganizationSettings, address, { method: 'PUT', body: change })
}

/** The event to try settings on: a stored one by its id or `latest`, or one that was pasted. */
export type PreviewSubject = { eventId: string } | { event: unknown }

/** One event as it would become under a change of settings. */
export function eventPreview(
  path: ProjectPath,
  scrubbing: Partial<ScrubbingSettings>,
  subject: PreviewSubject,
) {
  return queryOptions({
    queryKey: ['scrubbing-preview', path.org, path.project, scrubbing, subject],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => preview(path, { ...subject, scrubbing, recent: 0 }, signal),
  })
}

/** How many of the newest stored events would change. */
export function scrubbingReach(path: ProjectPath, scrubbing: Partial<ScrubbingSettings>) {
  return queryOptions({
    queryKey: ['scrubbing-reach', path.org, path.project, scrubbing],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => preview(path, { scrubbing, recent: 1000 }, signal),
  })
}

function preview(path: ProjectPath, body: object, signal: AbortSignal): Promise<ScrubbingPreview> {
  const address = `${projectPath(path)}/scrubbing/preview/`
  return request(ScrubbingPreview, address, { method: 'POST', body, signal })
}
