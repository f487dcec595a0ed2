import { ITEM_CATEGORY, type ItemKind, itemQuantity } from '#domain/envelope/item-kind.ts'
import { parseClientReport } from '#domain/envelope/parse-client-report.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
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
  event: (item, received, project) => prepareEvent(item.payload, received, project),
  client_report: (item, received) => ({
    kind: 'lost',
    losses: parseClientReport(parseJson(item.payload), received.now),
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
  return recipe ? recipe(item, received, project) : { kind: 'lost', losses: [notYet(kind, item)] }
}

function notYet(kind: ItemKind, item: EnvelopeItem): LedgerEntry {
  return {
    category: ITEM_CATEGORY[kind],
    outcome: 'invalid',
    reason: 'feature_disabled',
    quantity: itemQuantity(kind, item.header, item.payload.length),
  }
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload))
  } catch {
    return null // an unreadable report is skipped, as Sentry does
  }
}
