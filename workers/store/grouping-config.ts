import { eq } from 'drizzle-orm'

import { type GroupingConfig, secondaryConfig } from '#domain/grouping/grouping-config.ts'
import { readOptions } from './project-config.ts'
import { project } from './schema/project.ts'
import type { Stores } from './stores.ts'

/** How a project groups, and how it did before, while its old hashes still find their issues. */
export interface Grouping {
  current: GroupingConfig
  former: GroupingConfig | null
}

/** Configs an isolate remembers: rules are compiled once per object, so the object is kept. */
const REMEMBERED_MAX = 1_000

const remembered = new Map<number, { options: string; grouping: Grouping }>()

/** How the project groups at `now` (Unix ms). One row read: a change is in force for the next pack. */
export async function loadGrouping(
  stores: Stores,
  projectId: number,
  now: number,
): Promise<Grouping> {
  const { options } = project
  const row = await stores.db
    .select({ options })
    .from(project)
    .where(eq(project.id, projectId))
    .get()
  const text = row?.options ?? '{}'
  const grouping = recall(projectId, text) ?? remember(projectId, text, now)
  const isFormerOver = secondaryConfig(grouping.current, now) === null
  return isFormerOver ? { ...grouping, former: null } : grouping
}

function recall(projectId: number, options: string): Grouping | null {
  const known = remembered.get(projectId)
  return known?.options === options ? known.grouping : null
}

function remember(projectId: number, options: string, now: number): Grouping {
  const current = readOptions(projectId, options).grouping
  const grouping = { current, former: secondaryConfig(current, now) }
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(projectId, { options, grouping })
  return grouping
}
