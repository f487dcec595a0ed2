import type { Context } from 'hono'

import { updateProject } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { gateOf } from './gate.ts'
import { type ProjectChange, projectColumns } from './project-change.ts'

/** Changes the project of the path. What it says of ingest is in force for the next item. */
export async function changeProject(c: Context<ApiEnv>, change: ProjectChange): Promise<void> {
  const { stores, project, now } = c.var
  c.set('project', await updateProject(stores, project, projectColumns(project, change, now)))
  await gateOf(c.env, project.id).refresh()
}
