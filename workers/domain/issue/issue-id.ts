/** Issue ids count from here, so that they fit 53 bits until the year 2095. 2026-01-01, Unix ms. */
const EPOCH = 1_767_225_600_000
const RANDOM_BITS = 4096

/**
 * A new issue's id: milliseconds since 2026 × 4096 + `random` (0…4095). Made by the processor, so
 * that an issue and all that points to it can be written in one batch.
 */
export function makeIssueId(now: number, random: number): number {
  return (now - EPOCH) * RANDOM_BITS + (random % RANDOM_BITS)
}
