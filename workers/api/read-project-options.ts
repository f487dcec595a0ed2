import { ProjectOptions } from '#domain/project/project-config.ts'
import type { ProjectRow } from '#store/project.ts'
import { readObject } from './read-object.ts'

/** Options that cannot be read count as the defaults, as they do for the gate. */
export function readProjectOptions({ options }: ProjectRow): ProjectOptions {
  const parsed = ProjectOptions.safeParse(readObject(options))
  return parsed.success ? parsed.data : ProjectOptions.parse({})
}
