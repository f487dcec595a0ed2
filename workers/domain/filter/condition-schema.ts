import { z } from 'zod'

type Scalar = string | number | boolean | null

/** What must hold of an event (spec/event-processing.md §4.6). `name` is a place: `event.release`. */
export type Condition =
  | { op: 'eq'; name: string; value: Scalar | Scalar[]; options?: { ignoreCase?: boolean } }
  | { op: 'gt' | 'gte' | 'lt' | 'lte'; name: string; value: number }
  | { op: 'glob' | 'cidr'; name: string; value: string | string[] }
  | { op: 'semver'; name: string; value: string }
  | { op: 'and' | 'or'; inner: Condition[] }
  | { op: 'not'; inner: Condition }
  | { op: 'any' | 'all'; name: string; inner: Condition }

const scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()])
const text = z.string().max(500)
const name = z.string().min(1).max(200)

/** Conditions of one condition. Ours, as every bound here. */
const INNER_MAX = 50

export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.discriminatedUnion('op', [
    z.object({
      op: z.literal('eq'),
      name,
      value: z.union([scalar, z.array(scalar).max(INNER_MAX)]),
      options: z.object({ ignoreCase: z.boolean() }).partial().optional(),
    }),
    z.object({ op: z.enum(['gt', 'gte', 'lt', 'lte']), name, value: z.number() }),
    z.object({
      op: z.enum(['glob', 'cidr']),
      name,
      value: z.union([text, z.array(text).max(INNER_MAX)]),
    }),
    z.object({ op: z.literal('semver'), name, value: text }),
    z.object({ op: z.enum(['and', 'or']), inner: z.array(Condition).max(INNER_MAX) }),
    z.object({ op: z.literal('not'), inner: Condition }),
    z.object({ op: z.enum(['any', 'all']), name, inner: Condition }),
  ]),
)
