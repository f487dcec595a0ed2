/**
 * Containers: one item that holds many spans, logs or metrics (spec/ingest.md §11.0).
 *
 *     item header  {"type":"log","content_type":"…log+json","item_count":2}
 *     payload      {"version":2,"ingest_settings":{"infer_ip":"auto"},"items":[{…},{…}]}
 *
 * A container that is none (not JSON, another number of elements than it says) is lost whole; an
 * element that is wrong is lost alone; what is wrong beside the elements is passed over.
 */
import { isObject, parseJson } from '../json.ts'
import type { InvalidReason } from '../outcome.ts'
import { err, ok, type Result } from '../result.ts'
import type { ContainerKind, ItemKind } from './item-kind.ts'

const CONTENT_TYPE: Record<ContainerKind, string> = {
  span: 'application/vnd.sentry.items.span.v2+json',
  log: 'application/vnd.sentry.items.log+json',
  trace_metric: 'application/vnd.sentry.items.trace-metric+json',
}

/** What an element of each kind is lost under when it is wrong. */
export const ELEMENT_INVALID: Record<ContainerKind, InvalidReason> = {
  span: 'invalid_span',
  log: 'invalid_log',
  trace_metric: 'invalid_trace_metric',
}

/** What the server shall fill in from the request. Only version 2 may ask for it. */
export interface IngestSettings {
  infersIp: boolean
  infersUserAgent: boolean
}

export interface Container {
  kind: ContainerKind
  settings: IngestSettings
  /** As sent, not yet checked one by one. */
  elements: unknown[]
}

/** True for an item that says it is a container; a `span` without that content type is one span. */
export function isContainer(kind: ItemKind, header: Record<string, unknown>): boolean {
  return (
    Object.hasOwn(CONTENT_TYPE, kind) &&
    header['content_type'] === CONTENT_TYPE[kind as ContainerKind]
  )
}

/** Opens a container, or says under what reason all of it is lost. */
export function parseContainer(
  kind: ContainerKind,
  header: Record<string, unknown>,
  payload: Uint8Array,
): Result<Container, InvalidReason> {
  if (!isContainer(kind, header)) return err('content_type')
  const body = parseJson(payload)
  if (!isObject(body) || !Array.isArray(body['items'])) return err('invalid_json')
  const elements: unknown[] = body['items']
  if (header['item_count'] !== elements.length) return err(ELEMENT_INVALID[kind])
  return ok({ kind, elements, settings: readSettings(body) })
}

function readSettings(body: Record<string, unknown>): IngestSettings {
  const settings =
    body['version'] === 2 && isObject(body['ingest_settings']) ? body['ingest_settings'] : {}
  return {
    infersIp: settings['infer_ip'] === 'auto',
    infersUserAgent: settings['infer_user_agent'] === 'auto',
  }
}
