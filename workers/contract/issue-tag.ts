import { z } from 'zod/mini'

/** How many of an issue's events carry one value of a tag (weights counted in). */
export const TagValueShare = z.looseObject({
  value: z.nullable(z.string()),
  count: z.number(),
})
export type TagValueShare = z.infer<typeof TagValueShare>

/** One tag over all events of an issue: a row of `GET …/issues/{id}/tags/`, most common first. */
export const IssueTag = z.looseObject({
  key: z.string(),
  name: z.string(),
  /** Events that carry the tag at all; more than the sum of `topValues` when there are others. */
  totalValues: z.number(),
  uniqueValues: z.nullish(z.number()),
  topValues: z.array(TagValueShare),
})
export type IssueTag = z.infer<typeof IssueTag>
