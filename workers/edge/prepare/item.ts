import type { ItemKind } from '#domain/envelope/item-kind.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import type { InvalidReason } from '#domain/outcome.ts'
import { prepareAttachment } from './attachment.ts'
import { prepareCheckIn } from './check-in.ts'
import { prepareClientReport } from './client-report.ts'
import { prepareContainer } from './container.ts'
import { prepareEvent } from './event.ts'
import { prepareKept } from './kept.ts'
import { prepareKeptObject, prepareKeptText } from './kept-json.ts'
import { type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'
import { prepareSecurityReports } from './security.ts'
import { prepareSession } from './session.ts'
import { prepareUserReport } from './user-report.ts'

type Outcomes = Prepared | Prepared[]
type Recipe = (item: EnvelopeItem, circumstances: Circumstances) => Outcomes | Promise<Outcomes>

/** One recipe per kind; a new kind does not compile until it has one. */
const RECIPES: Record<ItemKind, Recipe> = {
  event: (item, circumstances) => prepareEvent('event', item, circumstances),
  transaction: (item, circumstances) => prepareEvent('transaction', item, circumstances),
  client_report: prepareClientReport,
  attachment: prepareAttachment,
  profile: (item, circumstances) => prepareKept('profile', item, circumstances),
  profile_chunk: (item, circumstances) => prepareKept('profile_chunk', item, circumstances),
  profile_chunk_ui: (item, circumstances) => prepareKept('profile_chunk_ui', item, circumstances),
  replay_recording: (item, circumstances) => prepareKept('replay_recording', item, circumstances),
  replay_video: (item, circumstances) => prepareKept('replay_video', item, circumstances),
  security: (item, circumstances) => prepareEvent('security', item, circumstances),
  raw_security: prepareSecurityReports,
  feedback: (item, circumstances) => prepareEvent('feedback', item, circumstances),
  user_report: prepareUserReport,
  unreal_report: (item) => lost(factsOf('unreal_report', item), 'process_unreal'),
  form_data: (item, circumstances) => prepareKeptObject('form_data', item, circumstances),
  session: (item, circumstances) => prepareSession('session', item, circumstances),
  sessions: (item, circumstances) => prepareSession('sessions', item, circumstances),
  replay_event: (item, circumstances) => prepareKeptObject('replay_event', item, circumstances),
  check_in: prepareCheckIn,
  span: (item, circumstances) => prepareContainer('span', item, circumstances),
  log: (item, circumstances) => prepareContainer('log', item, circumstances),
  trace_metric: (item, circumstances) => prepareContainer('trace_metric', item, circumstances),
  statsd: (item, circumstances) => prepareKeptText('statsd', item, circumstances),
  metric_buckets: (item, circumstances) => prepareKeptText('metric_buckets', item, circumstances),
  nel: prepareSecurityReports,
}

/**
 * Prepares one item by its kind; `null` is a type that no version of the protocol knows. An item may
 * be a list of things that are kept or lost one by one.
 */
export async function prepareItem(
  kind: ItemKind | null,
  item: EnvelopeItem,
  circumstances: Circumstances,
): Promise<Prepared[]> {
  if (kind !== null) return [await RECIPES[kind](item, circumstances)].flat()
  const reason: InvalidReason = 'unknown_item_type'
  const losses = [{ category: 'unknown', outcome: 'invalid', reason, quantity: 1 } as const]
  return [{ kind: 'lost', losses }]
}
