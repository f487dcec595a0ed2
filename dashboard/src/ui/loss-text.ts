/** Outcomes as people read them, in the order they should read them. */
export const OUTCOME_NAMES: Record<string, string> = {
  accepted: 'Accepted',
  filtered: 'Filtered',
  rate_limited: 'Rate limited',
  invalid: 'Invalid',
  abuse: 'Abuse',
  cardinality_limited: 'Cardinality limited',
  client_discard: 'Dropped by the SDK',
}

export function nameOutcome(outcome: string): string {
  return ownEntry(OUTCOME_NAMES, outcome) ?? outcome.replaceAll('_', ' ')
}

/**
 * Why something was not kept, in words for people. The names are Sentry's (spec/ingest.md §7.1);
 * one we do not know is shown as it is.
 */
const INVALID: Record<string, string> = {
  duplicate: 'An event with the same id is already here.',
  no_data: 'The request had no body.',
  empty_envelope: 'The envelope held no items.',
  content_type: 'The body is of a kind this endpoint does not take.',
  payload: 'An item could not be read.',
  invalid_json: 'An item is not valid JSON.',
  invalid_multipart: 'The multipart body could not be read.',
  invalid_envelope: 'The envelope is broken: truncated, or its lengths do not fit.',
  invalid_compression: 'The body could not be decompressed.',
  invalid_transaction: 'A transaction lacks what makes it one.',
  timestamp: 'It is dated too far in the past or in the future.',
  project_id: 'The DSN names another project than the address.',
  multi_project_id: 'One envelope for several projects.',
  project_state: 'The project’s settings could not be read.',
  auth_version: 'The SDK speaks a protocol version we do not know.',
  auth_client: 'The SDK did not say who it is.',
  duplicate_item: 'An envelope may hold only one item of this kind.',
  no_event_payload: 'An attachment came without the event it belongs to.',
  internal: 'We failed to process it. It is kept as a dead letter and can be replayed.',
  unknown_item_type: 'No version of the protocol knows this kind of item.',
  feature_disabled: 'Picket does not store this kind of item yet.',
  invalid_session: 'A session update could not be read.',
  invalid_check_in: 'A check-in could not be read.',
  invalid_user_report: 'A user report could not be read.',
}

const FILTERED: Record<string, string> = {
  'ip-address': 'Sent from an address this project filters.',
  'release-version': 'Sent by a release this project filters.',
  'error-message': 'Its message is on this project’s filter list.',
  'browser-extensions': 'Caused by a browser extension.',
  'legacy-browsers': 'Sent by a browser too old to support.',
  localhost: 'Sent from a developer’s own machine.',
  'web-crawlers': 'Caused by a web crawler.',
  'invalid-csp': 'A policy report of no use, most often an extension’s.',
  cors: 'Sent by a page of a domain that is not allowed.',
  'discarded-hash': 'Its issue was discarded for good.',
  'filtered-transaction': 'A health check or another transaction that is filtered.',
  'react-hydration-errors': 'A hydration error of React, which this project filters.',
  'chunk-load-error': 'A chunk that failed to load, which this project filters.',
}

const DISCARDED: Record<string, string> = {
  before_send: 'The app’s own beforeSend said no.',
  event_processor: 'An event processor in the app said no.',
  sample_rate: 'Left out by the SDK’s sample rate.',
  network_error: 'The SDK could not reach us.',
  queue_overflow: 'The SDK’s queue was full.',
  cache_overflow: 'The SDK’s offline cache was full.',
  buffer_overflow: 'The SDK’s buffer was full.',
  ratelimit_backoff: 'The SDK held back because we asked it to.',
  send_error: 'We refused what the SDK sent.',
  internal_sdk_error: 'The SDK failed on the way.',
  insufficient_data: 'The SDK had too little to send.',
  backpressure: 'The app was too busy to send.',
}

const LIMITED: Record<string, string> = {
  key_quota: 'Sent faster than the limit of this key allows.',
  project_abuse_limit: 'Sent faster than any project may.',
  org_abuse_limit: 'Sent faster than all projects together may.',
  disabled: 'Somebody switched this kind off.',
  monitor_rate_limit: 'A monitor checked in more often than any job runs.',
  usage_exceeded: 'A quota that somebody set is used up.',
  sampled_usage_exceeded: 'Left out by sampling, so that the monthly quota lasts.',
  grace_period: 'The quota is used up, and so is the time of grace.',
  smart_rate_limit: 'Many times more than in the hours before: spike protection.',
}

const OUTCOMES: Record<string, string> = {
  rate_limited: 'Sent faster than a limit of this project or key allows.',
  abuse: 'Far more than any honest client sends.',
  cardinality_limited: 'Too many different names or values.',
}

const REASONS: Record<string, Record<string, string>> = {
  invalid: INVALID,
  filtered: FILTERED,
  rate_limited: LIMITED,
  client_discard: DISCARDED,
}

/** A sentence for a loss; undefined when its names say all we know. */
export function explainLoss(outcome: string, reason: string | null): string | undefined {
  const known = reason === null ? undefined : ownEntry(REASONS[outcome], reason)
  if (known !== undefined) return known
  if (outcome === 'rate_limited' && reason?.endsWith('_usage_exceeded')) {
    return LIMITED['usage_exceeded']
  }
  if (outcome === 'invalid' && reason?.startsWith('too_large')) return 'Larger than the limit.'
  return ownEntry(OUTCOMES, outcome)
}

/** Reasons are SDK data: one called `constructor` must not find anything. */
function ownEntry(words: Record<string, string> | undefined, name: string): string | undefined {
  return words !== undefined && Object.hasOwn(words, name) ? words[name] : undefined
}
