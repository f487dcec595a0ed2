import { namesSecret } from './sensitive-words.ts'

/* What names a value, where it is not simply the key it stands under. */

/** An option of a command; what follows in the list is its value. */
const OPTION = /^--?[\w-]{2,64}$/

/** A key and its value, in a list of two. */
export function isPair(items: unknown[]): items is [string, unknown] {
  return items.length === 2 && typeof items[0] === 'string'
}

/** `--password` of `["--password", "hunter2"]`; empty for what follows no option. */
export function optionBefore(items: unknown[], index: number): string {
  const before = items[index - 1]
  return typeof before === 'string' && OPTION.test(before) ? before : ''
}

/** `password` of `{ "name": "password", "value": "hunter2" }`; null when nothing secret is named. */
export function nameIn(source: Record<string, unknown>): string | null {
  if (!Object.hasOwn(source, 'value')) return null
  const name = Object.hasOwn(source, 'name') ? source.name : source.key
  return typeof name === 'string' && namesSecret(name) ? name : null
}

/** The object with some keys replaced, in the same order. Keys that become one are numbered. */
export function withNames(source: Record<string, unknown>, names: Map<string, string>): object {
  const result: Record<string, unknown> = Object.create(null)
  for (const key of Object.keys(source)) {
    const name = names.get(key) ?? key
    let free = name
    for (let count = 2; Object.hasOwn(result, free); count += 1) free = `${name} ${count}`
    result[free] = source[key]
  }
  return { ...result }
}
