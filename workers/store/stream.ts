/**
 * A stream is the events of one primary hash: the unit that moves between issues.
 *
 * Month objects know streams, D1 knows which issue a hash leads to. So a merge, an unmerge or an upgrade
 * of the rules moves rows of `issue_hash` and no event, and a pack that is processed meanwhile cannot
 * write to the wrong issue: it never names one (decisions/0011).
 *
 * A stream's number is made of the first 52 bits of its hash, negative. Numbers above 0 are issue ids:
 * before there were streams, rows were kept by issue. To D1 such a stream is the hash `#<issue id>`.
 * Two hashes of a project that share 52 bits would share events (one chance in a billion at 3,000 hashes).
 */
import { assert } from '#platform/assert.ts'

/** 52 bits: a number holds 53. */
const HEX_DIGITS = 13
/** Hashes an issue's list holds; merging stops there. */
export const HASHES_MAX = 1000

/** A stream as questions name it: rows received before `since` (Unix ms) are not asked for. */
export interface Stream {
  key: number
  since: number
}

/** An issue as month objects see it. */
export interface StreamedIssue {
  id: number
  streams: Stream[]
}

/** The number that stands for a hash (32 hex, or `#` and an issue id) in a month's rows. */
export function streamKey(hash: string): number {
  if (hash.startsWith('#')) return Number(hash.slice(1))
  const bits = Number.parseInt(hash.slice(0, HEX_DIGITS), 16)
  assert(Number.isSafeInteger(bits), 'a grouping hash is hex')
  return -1 - bits
}

/** What the hash of a stream begins with, or all of it where the rows were kept by issue. */
export function hashStart(key: number): string {
  return key < 0 ? (-1 - key).toString(16).padStart(HEX_DIGITS, '0') : `#${key}`
}

/** The hash under which D1 knows events that an issue had before there were streams. */
export function ownHash(issueId: number): string {
  return `#${issueId}`
}

export function isOwnHash(hash: string): boolean {
  return hash.startsWith('#')
}

/** SQL: a row of `issue_hash` as the list in `issue.hashes` has it. */
export const LISTED_HASH = `hash || CASE since WHEN 0 THEN '' ELSE '@' || since END`

/** The same of what is known of a hash. */
export function listedHash({ hash, since }: { hash: string; since: number }): string {
  return since === 0 ? hash : `${hash}@${since}`
}

/** The hashes of an issue, and its own of before there were streams; `hashes` is its column. */
export function hashList({ id, hashes }: { id: number; hashes: string }): string[] {
  const known = (JSON.parse(hashes) as string[]).map((entry) => entry.split('@')[0] ?? '')
  return [...new Set([...known, ownHash(id)])]
}

/** The streams of an issue; `hashes` is its column. */
export function streamsOf({ id, hashes }: { id: number; hashes: string }): StreamedIssue {
  const streams = new Map([[id, { key: id, since: 0 }]])
  for (const entry of JSON.parse(hashes) as string[]) {
    const [hash = '', since = '0'] = entry.split('@')
    const key = streamKey(hash)
    streams.set(key, { key, since: Number(since) })
  }
  return { id, streams: [...streams.values()] }
}
