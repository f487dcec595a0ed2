import type { Search } from '#domain/search/search.ts'
import { matchTextPattern, parseTextPattern } from '#domain/search/text-pattern.ts'
import type { ProjectRow } from '#store/project.ts'

/**
 * Whether a project is what a list of projects was asked for: `id:`, `slug:`, `name:`, `platform:`,
 * and free text in name or slug. Other keys are of no project of ours.
 */
export function matchProject(project: ProjectRow, search: Search): boolean {
  switch (search.kind) {
    case 'all':
      return search.nodes.every((node) => matchProject(project, node))
    case 'any':
      return search.nodes.some((node) => matchProject(project, node))
    case 'not':
      return !matchProject(project, search.node)
    case 'text': {
      const wanted = search.text.toLowerCase()
      return [project.name, project.slug].some((text) => text.toLowerCase().includes(wanted))
    }
    case 'term': {
      const value = fieldValue(project, search.key)
      return search.values.some((wanted) => matchTextPattern(value, parseTextPattern(wanted)))
    }
  }
}

function fieldValue(project: ProjectRow, key: string): string {
  switch (key) {
    case 'id':
      return String(project.id)
    case 'slug':
      return project.slug
    case 'name':
      return project.name
    case 'platform':
      return project.platform ?? ''
    default:
      return ''
  }
}
