/** 32 lower-case hex characters, as the wire carries event ids. */
export type EventId = string

const EVENT_ID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** Reads an event id in either textual UUID form; null when it is none. */
export function parseEventId(value: unknown): EventId | null {
  if (typeof value !== 'string' || !EVENT_ID.test(value)) return null
  return value.replaceAll('-', '').toLowerCase()
}

/** Project ids stay below 2^53: SDKs and JSON carry them as numbers. */
export const PROJECT_ID_MAX = Number.MAX_SAFE_INTEGER

/** Reads a project id: decimal digits only, because SDKs reject or cut anything else. */
export function parseProjectId(value: string): number | null {
  if (!/^[1-9][0-9]{0,15}$/.test(value)) return null
  const id = Number(value)
  return id <= PROJECT_ID_MAX ? id : null
}

/** Ids of one cell start with its number: cell 1 counts from 1 000 000 001 (decisions/0004). */
export function firstProjectId(cell: number): number {
  return cell * 1_000_000_000 + 1
}

/** The month an object or pack belongs to, `2026-11`, in UTC. `now` is Unix ms. */
export function monthOf(now: number): string {
  return new Date(now).toISOString().slice(0, 7)
}

/** The months from that of `from` to that of `until`, newest first; both Unix ms. */
export function monthsBetween(from: number, until: number): string[] {
  const months: string[] = []
  const date = new Date(until)
  date.setUTCDate(1)
  const last = monthOf(from)
  while (monthOf(date.getTime()) >= last) {
    months.push(monthOf(date.getTime()))
    date.setUTCMonth(date.getUTCMonth() - 1)
  }
  return months
}

export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i += 1)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}
