import { clockDriftMs } from '#domain/envelope/clock-drift.ts'
import type { ItemKind } from '#domain/envelope/item-kind.ts'
import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import { parseClientReports } from '#domain/envelope/parse-client-report.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { parseJson } from '#domain/json.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { AdmissionItem } from '#gate/admission.ts'
import { prepareEvent } from './event.ts'

/** What a request says about all its items. Times are Unix ms. */
export interface Received {
  eventId: string
  now: number
  sentAt: number | null
  client: string | null
  clientIp: string | null
  userAgent: string | null
}

/** An item that may be stored, or what was lost of it and why. */
export type Prepared =
  | { kind: 'admissible'; item: AdmissionItem }
  | { kind: 'lost'; losses: LedgerEntry[] }

type Recipe = (item: EnvelopeItem, received: Received, project: ProjectConfig) => Prepared

/** One recipe per kind. A kind without one is known to the protocol and not yet to Picket. */
const RECIPES: Partial<Record<ItemKind, Recipe>> = {
  event: (item, received, project) => prepareEvent('event', item, received, project),
  client_report: (item, received) => ({
    kind: 'lost',
    losses: parseClientReports([parseJson(item.payload)], {
      receivedAt: received.now,
      driftMs: clockDriftMs(received.sentAt, received.now),
    }),
  }),
}

/** Prepares one item by its kind; `null` is a type that no version of the protocol knows. */
export function prepareItem(
  kind: ItemKind | null,
  item: EnvelopeItem,
  received: Received,
  project: ProjectConfig,
): Prepared {
  if (kind === null) {
    const reason = 'unknown_item_type'
    return {
      kind: 'lost',
      losses: [{ category: 'unknown', outcome: 'invalid', reason, quantity: 1 }],
    }
  }
  const recipe = RECIPES[kind]
  return recipe ? recipe(item, received, project) : { kind: 'lost', losses: notYet(kind, item) }
}

function notYet(kind: ItemKind, { header, payload }: EnvelopeItem): LedgerEntry[] {
  return lossQuantities({ kind, header, bytes: payload.length }).map((quantity) => ({
    ...quantity,
    outcome: 'invalid',
    reason: 'feature_disabled',
  }))
}
