import { ProjectOptions } from '#domain/project/project-config.ts'
import { readOptions } from '#domain/project/read-options.ts'
import type { ProjectRow } from '#store/project.ts'
import { readObject } from './read-object.ts'

/** Options that cannot be read count as the defaults, as they do for the gate. */
export function readProjectOptions({ options }: ProjectRow): ProjectOptions {
  return readOptions(ProjectOptions, readObject(options)).options
}
