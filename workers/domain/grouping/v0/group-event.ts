import type { Exception, Frame, PicketEvent } from '#domain/event/event.ts'

/**
 * The first, smallest way to group: what raised the event and the in-app calls that led there, else
 * its message without numbers and ids. The client's `fingerprint` wins; `{{ default }}` in it stands
 * for all of that.
 */
export interface Grouping {
  /** Texts whose sequence identifies the issue; never empty. */
  values: string[]
}

export function groupEvent(event: PicketEvent): Grouping {
  const fingerprint = event.fingerprint?.length ? event.fingerprint : ['{{ default }}']
  return { values: fingerprint.flatMap((entry) => (isDefault(entry) ? ownValues(event) : [entry])) }
}

/** 32 lower-case hex characters of SHA-256 over the values, each kept apart from the next. */
export async function hashGrouping(grouping: Grouping): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(grouping.values))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isDefault(entry: string): boolean {
  return /^\{\{\s{0,8}default\s{0,8}\}\}$/.test(entry)
}

function ownValues(event: PicketEvent): string[] {
  const exceptions = (event.exception?.values ?? []).filter((exception) => exception !== null)
  if (exceptions.length > 0) return exceptions.flatMap(exceptionValues)
  const frames = frameValues(event.stacktrace?.frames ?? [])
  if (frames.length > 0) return frames
  return [withoutIds(event.logentry?.message ?? event.logentry?.formatted ?? event.type)]
}

function exceptionValues(exception: Exception): string[] {
  const frames = frameValues(exception.stacktrace?.frames ?? [])
  return [
    exception.type ?? '',
    ...(frames.length > 0 ? frames : [withoutIds(exception.value ?? '')]),
  ]
}

function frameValues(frames: (Frame | null)[]): string[] {
  const known = frames.filter((frame) => frame !== null)
  const inApp = known.filter((frame) => frame.in_app)
  return (inApp.length > 0 ? inApp : known).map((frame) =>
    [frame.module ?? frame.filename ?? '', frame.function ?? ''].join('#'),
  )
}

/** Hexadecimal words with a digit, UUIDs and numbers all read the same. */
function withoutIds(text: string): string {
  return text.slice(0, 1024).replace(/\b(?=[a-f-]{0,40}\d)[\da-f-]+\b/gi, '<id>')
}
