import type { Pii } from './match-selector.ts'

/**
 * Which default and extra rules look at a field:
 *
 *   data      free-form data: key rules and all text rules
 *   prose     a sentence that is also data: breadcrumb messages
 *   sentence  exception values, templates, descriptions: the extra rules only, parts of it at most
 *   log       a log line: like a sentence, and the rules Sentry replaces with
 *   open      free-form, but out of reach of Sentry's default rules: tags, known contexts
 *   name      a name, path or URL
 *   code      a line of source
 *   id        an id or version
 */
export const SCOPES = ['data', 'prose', 'sentence', 'log', 'open', 'name', 'code', 'id'] as const
export type Scope = (typeof SCOPES)[number]

/** What a walk must know about a field besides its rules. */
export type Special =
  /** A list of `[key, value]`. */
  | 'pairs'
  /** The same, of cookies. */
  | 'cookies'
  /** Goes altogether when IP addresses are scrubbed. */
  | 'address'
  /** Path of a native image: its directory is scrubbed, its name kept. */
  | 'image_path'
  /** `{ key: { type, value } }`: the value belongs to the key. */
  | 'attributes'
  /** An entry of `errors`, whose value came from the place its name tells. */
  | 'error'

/** A field of the schema (spec/event-processing.md §1, §5.4). */
export interface Shape {
  readonly pii: Pii
  readonly scope: Scope
  /** Bits of VALUE_TYPE besides those the value itself tells. */
  readonly type: number
  readonly special: Special | null
  readonly fields: ReadonlyMap<string, Shape> | null
  /** Keys that `fields` does not name, and items of a list. */
  readonly rest: Shape
  /** The shape by a look at the value, where it decides. */
  readonly choose: ((value: object) => Shape) | null
}

/** The shape of a key or an index below a shape. */
export function shapeBelow(shape: Shape, key: string | number): Shape {
  const named = typeof key === 'string' ? shape.fields?.get(key) : undefined
  return named ?? shape.rest
}

interface Details {
  type?: number
  special?: Special
  fields?: Record<string, Shape>
  rest?: Shape
  choose?: (value: object) => Shape
}

/** A field whose unnamed parts are free-form data, or as `rest` says. */
export function shape(pii: Pii, scope: Scope, details: Details = {}): Shape {
  return {
    pii,
    scope,
    type: details.type ?? 0,
    special: details.special ?? null,
    fields: details.fields ? new Map(Object.entries(details.fields)) : null,
    rest: details.rest ?? DATA,
    choose: details.choose ?? null,
  }
}

/** A field all of whose parts, however deep, are like it. */
export function free(pii: Pii, scope: Scope, details: Omit<Details, 'rest'> = {}): Shape {
  const part = { pii, scope, type: 0, special: null, fields: null, choose: null }
  const inner: Shape = Object.assign(part, { rest: part as unknown as Shape })
  return shape(pii, scope, { ...details, rest: inner })
}

/** Free-form data of which nothing is known; also what stands where something else was expected. */
export const DATA: Shape = free('true', 'data')
