import type { EventUser, MetaTree, PicketEvent } from '../event/event.ts'
import { type CompiledScrubbing, compileScrubbing } from './compile-scrubbing.ts'
import { EVENT } from './event-shape.ts'
import { findIps } from './find/addresses.ts'
import type { Hit } from './hit.ts'
import { emptyNotes, isTree, withNotes } from './notes.ts'
import { scrubGraphql } from './scrub-graphql.ts'
import { scrubErrors, scrubMeta } from './scrub-meta.ts'
import { scrubParameters } from './scrub-parameters.ts'
import { Scrubber } from './scrubber.ts'
import type { Scrubbing } from './scrubbing.ts'

/*
 * Takes what is secret or personal out of an event (spec/event-processing.md §5). One walk over the
 * event: at each field advanced rules, then Sentry's default rules, then our extra rules. Remarks in
 * `_meta` say what was done, and make a second scrubbing change nothing.
 *
 * Linear in the size of the event; never throws, whatever the event holds.
 */

/** The event without its secrets; shares what did not change. The event itself is not changed. */
export function scrubEvent(event: PicketEvent, scrubbing: Scrubbing): PicketEvent {
  return scrub(event, compileScrubbing(scrubbing), null)
}

/** The same, with every place that changed and the rule that changed it, in order of the event. */
export function scrubEventWithHits(
  event: PicketEvent,
  scrubbing: Scrubbing,
): { event: PicketEvent; hits: Hit[] } {
  const hits: Hit[] = []
  return { event: scrub(event, compileScrubbing(scrubbing), hits), hits }
}

function scrub(event: PicketEvent, rules: CompiledScrubbing, hits: Hit[] | null): PicketEvent {
  if (rules.isIdle) return event
  const before = rules.scrubsGraphql ? scrubGraphql(event, hits) : event
  const { _meta, ...fields } = before
  const tree = isTree(_meta) ? _meta : undefined
  const notes = emptyNotes()
  const walk = new Scrubber(rules, EVENT, notes, hits)
  const result: PicketEvent = { ...(walk.members(fields, tree) as PicketEvent) }
  if (result.errors) result.errors = scrubErrors(result.errors, before, rules, hits)
  let noted = notes.below.size > 0 ? withNotes(tree, notes) : tree
  const { logentry } = before
  if (rules.parameterRule && logentry?.params && result.logentry) {
    const { parameterRule, knownTexts } = rules
    const settled = scrubParameters(logentry, result.logentry, noted, parameterRule, knownTexts)
    result.logentry = settled.logentry
    noted = settled.tree
  }
  if (noted) result._meta = scrubMeta(noted, before, rules)
  return settleUser(result)
}

/** An address that became a pseudonym is who the user is, if nothing else tells (§5.3). */
function settleUser(event: PicketEvent): PicketEvent {
  const user: EventUser | null | undefined = event.user
  if (typeof user?.ip_address !== 'string' || isAddress(user.ip_address)) return event
  if (user.id || user.username || user.email) return event
  const { ip_address: id, ...rest } = user
  return { ...event, user: { ...rest, id }, ...(event._meta && { _meta: movedNote(event._meta) }) }
}

function isAddress(text: string): boolean {
  return text === '{{auto}}' || findIps(text).some(([start, end]) => end - start === text.length)
}

function movedNote(tree: MetaTree): MetaTree {
  if (!isTree(tree.user)) return tree
  const { ip_address: note, ...rest }: MetaTree = tree.user
  return { ...tree, user: note === undefined ? rest : { ...rest, id: note } }
}
