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
  const names = new Set(isObject(variables) ? Object.keys(variables) : [])
  const result = { ...event }
  if (isObject(request.data) && isObject(variables) && !isFiltered(variables)) {
    const filtered = [...names].map((name): [string, Json] => [name, FILTERED])
    result.request = {
      ...request,
      data: { ...request.data, variables: Object.fromEntries(filtered) },
    }
    note(hits, 'request.data.variables')
  }
  const response = contexts?.response
  if (!contexts || !response || !isObject(response.data)) return result
  const data = names.size > 0 ? withAnswer(response.data, names) : withoutAnswer(response.data)
  if (data !== response.data) {
    result.contexts = { ...contexts, response: { ...response, data } }
    note(hits, 'contexts.response.data.data')
  }
  return result
}

const DEPTH_MAX = 100

function isFiltered(variables: Record<string, unknown>): boolean {
  return Object.values(variables).every((value) => value === FILTERED)
}

function withoutAnswer(body: Record<string, unknown>): Record<string, unknown> {
  if (!Object.hasOwn(body, 'data')) return body
  const { data: _, ...rest } = body
  return rest
}

function withAnswer(body: Record<string, unknown>, names: ReadonlySet<string>) {
  const before = memberOf(body, 'data')
  const after = withoutLeaves(before, names, 0)
  return after === before ? body : { ...body, data: after }
}

/** Values under one of the names, however deep, are filtered; the same comes back when there are none. */
function withoutLeaves(value: unknown, names: ReadonlySet<string>, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH_MAX) return null
  const before: [string, unknown][] = Object.entries(value)
  const after = before.map(([key, inner]): [string, unknown] => {
    const isLeaf = inner !== null && typeof inner !== 'object'
    const isNamed = isLeaf && isObject(value) && names.has(key)
    return [key, isNamed ? FILTERED : withoutLeaves(inner, names, depth + 1)]
  })
  if (after.every(([, inner], index) => inner === before[index]![1])) return value
  return Array.isArray(value) ? after.map(([, inner]) => inner) : Object.fromEntries(after)
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
