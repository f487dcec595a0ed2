import { z } from 'zod/mini'

/** One place that a rule changed. */
export const ScrubbingHit = z.looseObject({
  /** From the event down, as a selector names it: `extra.'odd key'.0`. */
  path: z.string(),
  /** As remarks in `_meta` name it: `@password:filter`, `picket:api-tokens`, `project:mine`. */
  rule: z.string(),
  /** What happened to it. */
  method: z.enum(['replaced', 'masked', 'hashed', 'removed', 'changed']),
  /** Code points of the new text; null when the value went altogether. */
  range: z.nullable(z.tuple([z.number(), z.number()])),
})
export type ScrubbingHit = z.infer<typeof ScrubbingHit>

/** How far proposed settings reach beyond the one event. */
export const ScrubbingReach = z.looseObject({
  /** Newest stored events that were looked at, and those of them that would change. */
  events: z.number(),
  changed: z.number(),
  /** Rules that would change some, most frequent first. */
  rules: z.array(z.looseObject({ rule: z.string(), events: z.number() })),
})
export type ScrubbingReach = z.infer<typeof ScrubbingReach>

/** `POST /api/0/projects/{org}/{project}/scrubbing/preview/`. */
export const ScrubbingPreview = z.looseObject({
  /** Null when there is no event to show: none was given, and none is stored. */
  event: z.nullable(
    z.looseObject({
      id: z.string(),
      /** Normalized; a stored event has been scrubbed before, by the settings of its time. */
      before: z.record(z.string(), z.unknown()),
      /** What would rest, with remarks in `_meta`. */
      after: z.record(z.string(), z.unknown()),
      hits: z.array(ScrubbingHit),
      isStored: z.boolean(),
    }),
  ),
  /** Null when nobody asked. */
  recent: z.nullable(ScrubbingReach),
  /** What has to be known to read the figures. */
  note: z.string(),
})
export type ScrubbingPreview = z.infer<typeof ScrubbingPreview>
