/** A value or a named reason why there is none. Refusals are values; only broken worlds throw. */
export type Result<Value, Reason> = { ok: true; value: Value } | { ok: false; error: Reason }

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value })

export const err = <Reason>(error: Reason): { ok: false; error: Reason } => ({ ok: false, error })
