import type { Env } from '#env.ts'
import { inRegion } from '#platform/region.ts'

/** The gate of a project. The binding carries its type, so this room need not know the class. */
export function gateOf(env: Env, projectId: number) {
  return inRegion(env.PROJECT_GATE, env.JURISDICTION).getByName(String(projectId))
}
