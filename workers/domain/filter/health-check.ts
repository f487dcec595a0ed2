/** Names of transactions that only ask whether a service is up (spec/event-processing.md §4.4). */
const ENDPOINTS =
  'health healthy healthz health_check _health [_health] live livez ready readyz ping up'.split(' ')

/** Brackets are literal in one of the names, so they are escaped for the glob. */
const LITERAL = (name: string) => name.replace(/[[\]]/g, '\\$&')

export const HEALTH_CHECKS = [
  '*healthcheck*',
  '*heartbeat*',
  ...ENDPOINTS.flatMap((name) => [`*/${LITERAL(name)}`, `*/${LITERAL(name)}/`]),
]
