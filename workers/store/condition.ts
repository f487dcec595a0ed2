/** A piece of a WHERE clause and what its `?` stand for, in order. Never built from user text. */
export interface Condition {
  sql: string
  values: (string | number | null)[]
}

export const ALWAYS: Condition = { sql: 'TRUE', values: [] }
export const NEVER: Condition = { sql: 'FALSE', values: [] }

export function allOf(conditions: Condition[]): Condition {
  return join(conditions, ' AND ', ALWAYS)
}

export function anyOf(conditions: Condition[]): Condition {
  return join(conditions, ' OR ', NEVER)
}

/** True also where the condition is NULL: what an absent value does not fulfil, it refutes. */
export function not({ sql, values }: Condition): Condition {
  return { sql: `(${sql}) IS NOT TRUE`, values }
}

function join(conditions: Condition[], word: string, none: Condition): Condition {
  if (conditions.length === 0) return none
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(word),
    values: conditions.flatMap(({ values }) => values),
  }
}
