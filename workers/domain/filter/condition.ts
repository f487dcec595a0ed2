/** Conditions, compiled once and then asked of every event (spec/event-processing.md §4.6). */
import type { PicketEvent } from '../event/event.ts'
import { isObject } from '../json.ts'
import type { Condition } from './condition-schema.ts'
import { ipTest } from './ip-network.ts'
import { globTest } from './text-test.ts'
import { versionTest } from './version-test.ts'

/** Reads a place of whatever the condition is about: an event, or one exception of it. */
type Subject = (name: string) => unknown
type Test = (subject: Subject) => boolean

export type EventTest = (event: PicketEvent) => boolean

export function compileCondition(condition: Condition): EventTest {
  const test = compile(condition)
  return (event) => test((name) => readEvent(event, name))
}

function compile(condition: Condition): Test {
  switch (condition.op) {
    case 'and': {
      const inner = condition.inner.map(compile)
      return (subject) => inner.every((test) => test(subject))
    }
    case 'or': {
      const inner = condition.inner.map(compile)
      return (subject) => inner.some((test) => test(subject))
    }
    case 'not': {
      const inner = compile(condition.inner)
      return (subject) => !inner(subject)
    }
    case 'any':
    case 'all':
      return compileQuantified(condition.op, condition.name, compile(condition.inner))
    case 'eq':
      return compileEquals(condition)
    case 'glob':
      return ofText(condition.name, globTest([condition.value].flat()))
    case 'cidr':
      return ofText(condition.name, ipTest([condition.value].flat()))
    case 'semver':
      return ofText(condition.name, versionTest(condition.value))
    default:
      return compileComparison(condition)
  }
}

function compileQuantified(op: 'any' | 'all', name: string, inner: Test): Test {
  return (subject) => {
    const items = subject(name)
    if (!Array.isArray(items)) return false
    const holds = (item: unknown) => inner((field) => readField(item, field))
    return op === 'any' ? items.some(holds) : items.every(holds)
  }
}

function compileEquals({ name, value, options }: Condition & { op: 'eq' }): Test {
  const fold = (item: unknown) =>
    options?.ignoreCase && typeof item === 'string' ? item.toLowerCase() : item
  const wanted = new Set([value].flat().map(fold))
  return (subject) => wanted.has((fold(subject(name)) ?? null) as string | number | boolean | null)
}

function compileComparison({
  op,
  name,
  value,
}: Condition & { op: 'gt' | 'gte' | 'lt' | 'lte' }): Test {
  return (subject) => {
    const actual = subject(name)
    if (typeof actual !== 'number') return false
    if (op === 'gt') return actual > value
    if (op === 'gte') return actual >= value
    return op === 'lt' ? actual < value : actual <= value
  }
}

/** A test that never holds of what is no text. */
function ofText(name: string, test: (text: string) => boolean): Test {
  return (subject) => {
    const value = subject(name)
    return typeof value === 'string' && test(value)
  }
}

/** Places that are not where their name says. */
const PLACES: Record<string, (event: PicketEvent) => unknown> = {
  'event.exceptions': ({ exception }) => exception?.values?.filter((value) => value !== null) ?? [],
  'event.message': ({ logentry }) => logentry?.formatted ?? logentry?.message,
  'event.logentry.formatted': ({ logentry }) => logentry?.formatted ?? logentry?.message,
}

/** `event.tags.<key>`, `event.release`, `event.contexts.device.name` … */
function readEvent(event: PicketEvent, name: string): unknown {
  if (Object.hasOwn(PLACES, name)) return PLACES[name]!(event)
  if (!name.startsWith('event.')) return undefined
  const path = name.slice('event.'.length)
  if (path.startsWith('tags.')) return pairValue(event.tags, path.slice('tags.'.length))
  const header = /^request\.headers\.(.+)$/.exec(path)?.[1]
  if (header) return pairValue(event.request?.headers, header)
  return path.split('.').reduce<unknown>(readField, event)
}

type Pairs = PicketEvent['tags']

function pairValue(pairs: Pairs, wanted: string): string | null | undefined {
  const lower = wanted.toLowerCase()
  return pairs?.find((pair) => pair?.[0]?.toLowerCase() === lower)?.[1]
}

function readField(value: unknown, field: string): unknown {
  // Exceptions call their type `ty` in conditions that come from Sentry.
  const key = field === 'ty' ? 'type' : field
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
