/** A client's clock may be this far off before we correct what it dates (spec/ingest.md §9). */
const DRIFT_MIN_MS = 55 * 60_000

/**
 * What to add to every time in an envelope, in ms; 0 when its clock is near enough or it did not say
 * when it was sent. Both times are Unix ms.
 */
export function clockDriftMs(sentAt: number | null, receivedAt: number): number {
  const drift = sentAt === null ? 0 : receivedAt - sentAt
  return Math.abs(drift) >= DRIFT_MIN_MS ? drift : 0
}
