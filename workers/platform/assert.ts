/** We were wrong: throws with what must hold. Nobody catches it but the door. */
export function assert(condition: unknown, whatMustHold: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${whatMustHold}`)
}
