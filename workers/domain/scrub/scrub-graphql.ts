import type { Json, PicketEvent } from '../event/event.ts'
import type { Hit } from './hit.ts'
import { FILTERED } from './rule.ts'

/**
 * GraphQL sends what people typed as variables, and servers answer with the same names. Variables
 * are filtered in request and response; without variables nobody can tell, and the response's data
 * go (spec/event-processing.md §5.3). Events that are not of GraphQL come back as they are.
 */
export function scrubGraphql(event: PicketEvent, hits: Hit[] | null): PicketEvent {
  const { request, contexts } = event
  if (request?.api_target !== 'graphql') return event
  const variables = memberOf(request.data, 'variables')
  const names = isObject(variables) ? Object.keys(variables) : []
  const result = { ...event }
  if (isObject(request.data) && isObject(variables) && names.length > 0) {
    const filtered = Object.fromEntries(names.map((name): [string, Json] => [name, FILTERED]))
    result.request = { ...request, data: { ...request.data, variables: filtered } }
    note(hits, 'request.data.variables')
  }
  const response = contexts?.response
  const answer = memberOf(response?.data, 'data')
  if (contexts && response && isObject(response.data) && answer !== undefined) {
    const { data: _, ...rest } = response.data
    const data =
      names.length > 0 ? { ...rest, data: withoutLeaves(answer, new Set(names), 0) } : rest
    result.contexts = { ...contexts, response: { ...response, data } }
    note(hits, 'contexts.response.data.data')
  }
  return result
}

const DEPTH_MAX = 100

/** Values under one of the names, however deep, are filtered. */
function withoutLeaves(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  if (depth > DEPTH_MAX) return null
  if (Array.isArray(value)) return value.map((item) => withoutLeaves(item, names, depth + 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isLeaf = inner !== null && typeof inner !== 'object'
      return [key, isLeaf && names.has(key) ? FILTERED : withoutLeaves(inner, names, depth + 1)]
    }),
  )
}

function note(hits: Hit[] | null, path: string): void {
  hits?.push({ path, ruleId: '@graphql', type: 's', range: null })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function memberOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
