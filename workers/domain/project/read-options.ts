import type { z } from 'zod'

/** What of options can be read, and the names of the parts that could not. */
export interface ReadOptions<Options> {
  options: Options
  unreadable: string[]
}

/**
 * Reads options part by part: one that a later version of ours wrote counts as its default and takes no
 * other with it. A project must not lose its scrubbing because its filters cannot be read.
 */
export function readOptions<Shape extends Record<string, z.ZodType>>(
  schema: z.ZodObject<Shape>,
  raw: Record<string, unknown>,
): ReadOptions<z.infer<z.ZodObject<Shape>>> {
  const unreadable = Object.entries<z.ZodType>(schema.shape)
    .filter(([name, part]) => Object.hasOwn(raw, name) && !part.safeParse(raw[name]).success)
    .map(([name]) => name)
  const readable = Object.entries(raw).filter(([name]) => !unreadable.includes(name))
  return { options: schema.parse(Object.fromEntries(readable)), unreadable }
}
