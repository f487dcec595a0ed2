import { namesSecret } from './sensitive-words.ts'

/* What names a value, where it is not simply the key it stands under. */

/** An option of a command; what follows in the list is its value. */
const OPTION = /^--?[\w-]{2,64}$/
const DASH = 45

const KEY = /^[\w.-]{1,64}$/

/** A key and its value, in a list of two. */
export function isPair(items: unknown[]): items is [string, unknown] {
  return items.length === 2 && typeof items[0] === 'string'
}

/** `--password` of `["--password", "hunter2"]`; empty for what follows no option. */
export function optionBefore(items: unknown[], index: number): string {
  const before = items[index - 1]
  const isOption =
    typeof before === 'string' && before.charCodeAt(0) === DASH && OPTION.test(before)
  return isOption ? before : ''
}

/** `password` of `{ "name": "password", "value": "hunter2" }`; null when nothing secret is named. */
export function nameIn(source: Record<string, unknown>): string | null {
  if (!Object.hasOwn(source, 'value')) return null
  const name = Object.hasOwn(source, 'name') ? source.name : source.key
  return typeof name === 'string' && KEY.test(name) && namesSecret(name) ? name : null
}

/** Keys of an object that are to be replaced, in the same order. Those that become one are numbered. */
export class Renaming {
  private readonly source: Record<string, unknown>
  private readonly names = new Map<string, string>()
  /** By name: how many keys were given it. */
  private readonly counts = new Map<string, number>()

  constructor(source: Record<string, unknown>) {
    this.source = source
  }

  /** The name a key gets, which no other key has. */
  rename(key: string, name: string): string {
    let count = (this.counts.get(name) ?? 0) + 1
    let free = count === 1 ? name : `${name} ${count}`
    for (; Object.hasOwn(this.source, free); free = `${name} ${count}`) count += 1
    this.counts.set(name, count)
    this.names.set(key, free)
    return free
  }

  /** An object with the keys of the source and values of its own. */
  applied(values: Record<string, unknown>): object {
    return Object.fromEntries(
      Object.keys(values).map((key) => [this.names.get(key) ?? key, values[key]]),
    )
  }
}
