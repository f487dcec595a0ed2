/** Name of the month object of a project: `1000000001:2026-11`. */
export function storeName(projectId: number, month: string): string {
  return `${projectId}:${month}`
}

/** The project a month object is of. */
export function projectOf(name: string): number {
  return Number(name.split(':')[0])
}
