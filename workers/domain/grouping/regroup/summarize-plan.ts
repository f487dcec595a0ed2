import type { RegroupGroup } from './plan-regroup.ts'

export interface PlanFigures {
  /** Issues that become one with another, and how many issues they become. */
  merged: number
  into: number
  /** Issues some of whose events leave. */
  split: number
  /** Issues that are to be made. */
  made: number
}

export function countPlan(groups: RegroupGroup[]): PlanFigures {
  const joined = groups.filter(({ issues }) => issues.length > 1)
  return {
    merged: joined.reduce((sum, { issues }) => sum + issues.length, 0),
    into: joined.length,
    split: new Set(groups.flatMap(({ leaving }) => leaving.map(({ from }) => from))).size,
    made: groups.filter(({ target }) => target === null).length,
  }
}

/** "12 issues become 3; 2 split; 4 are new." */
export function summarizePlan({ merged, into, split, made }: PlanFigures): string {
  const parts: string[] = []
  if (merged > 0) parts.push(`${merged} issues become ${into}`)
  if (split > 0) parts.push(split === 1 ? '1 issue splits' : `${split} issues split`)
  if (made > 0) parts.push(made === 1 ? '1 is new' : `${made} are new`)
  return parts.length === 0 ? 'Every event stays in its issue.' : `${parts.join('; ')}.`
}
