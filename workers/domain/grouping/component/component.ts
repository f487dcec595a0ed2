/**
 * What an event is grouped by, as a tree: a leaf is a text that is hashed, a branch says whether what
 * hangs below it counts (spec/grouping.md §3). The tree is kept whole, also what does not count, so
 * that people can be told why.
 */
export interface Component {
  readonly id: ComponentId
  readonly values: readonly ComponentValue[]
  readonly contributes: boolean
  /** Why it does not count, or what was done to its value; in plain words. Never hashed. */
  readonly hint: string | null
}

/** A null is hashed as the text `None`. */
export type ComponentValue = Component | string | number | null

export type ComponentId =
  | 'app'
  | 'system'
  | 'default'
  | 'chained_exception'
  | 'exception'
  | 'threads'
  | 'stacktrace'
  | 'frame'
  | 'module'
  | 'filename'
  | 'function'
  | 'context_line'
  | 'type'
  | 'value'
  | 'ns_error'
  | 'domain'
  | 'code'
  | 'message'
  | 'template'
  | 'csp'
  | 'hpkp'
  | 'expect_ct'
  | 'expect_staple'
  | 'salt'
  | 'violation'
  | 'uri'
  | 'hostname'
  | 'event'
  | 'detail'

/** A component that counts if anything in it does. */
export function component(
  id: ComponentId,
  values: readonly ComponentValue[],
  hint: string | null = null,
): Component {
  return { id, values, contributes: values.some(counts), hint }
}

/** The same component, not counting. */
export function switchedOff(component: Component, hint: string | null): Component {
  return { ...component, contributes: false, hint }
}

function counts(value: ComponentValue): boolean {
  return typeof value !== 'object' || value === null || value.contributes
}

const texts = new WeakMap<Component, string>()

/**
 * What is hashed: the values that count, in order and with nothing between them, as Sentry has
 * always done it. So `ab` + `c` is `a` + `bc`. Remembered, as variants are compared and then hashed.
 */
export function textOf(component: Component): string {
  const known = texts.get(component)
  if (known !== undefined) return known
  const values: string[] = []
  collectValues(component, values)
  const text = values.join('')
  texts.set(component, text)
  return text
}

function collectValues({ contributes, values }: Component, into: string[]): void {
  if (!contributes) return
  for (const value of values) {
    if (typeof value === 'string') into.push(value)
    else if (typeof value === 'object' && value !== null) collectValues(value, into)
    else into.push(value === null ? 'None' : String(value))
  }
}

/** The same for a root, whose children may have been asked before. */
export function rootText({ contributes, values }: Component): string {
  if (!contributes) return ''
  return values.map((value) => (typeof value === 'object' && value ? textOf(value) : '')).join('')
}

/** Whether a component with this id counts somewhere in the tree, all of its parents counting. */
export function hasContributing(component: Component, id: ComponentId): boolean {
  if (!component.contributes) return false
  if (component.id === id) return true
  return component.values.some(
    (value) => typeof value === 'object' && value !== null && hasContributing(value, id),
  )
}

/** Whether two trees are the same down to what does not count and why. */
export function isSameComponent(a: ComponentValue, b: ComponentValue): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  return (
    a.id === b.id &&
    a.contributes === b.contributes &&
    a.hint === b.hint &&
    a.values.length === b.values.length &&
    a.values.every((value, index) => isSameComponent(value, b.values[index]!))
  )
}
