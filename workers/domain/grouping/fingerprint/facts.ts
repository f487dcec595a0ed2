import type { PicketEvent } from '#domain/event/event.ts'
import { eventTags } from '#domain/event/event-tags.ts'
import type { Subject } from '../newstyle/subject.ts'
import { chooseThread } from '../newstyle/threads.ts'
import { platformFamily } from '../platform-family.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'

/** What fingerprint rules and variables can ask of an event. */
export interface FingerprintFacts {
  subject: Subject
  /** Formatted, else as it was before its parameters were filled in. */
  message: string | null
  exceptions: { type: string | null; value: string | null }[]
  /** Of all exceptions, else of the event, else of the thread that stands out. */
  frames: GroupingFrame[]
  family: string
  sdk: string
  release: string | null
  logger: string | null
  level: string | null
  tag: (key: string) => string | null
}

export function fingerprintFacts(subject: Subject): FingerprintFacts {
  const { event, platform } = subject
  let tags: Map<string, string> | undefined
  return {
    subject,
    message: text(event.logentry?.formatted) ?? text(event.logentry?.message),
    exceptions: subject.exceptions.map(({ exception: { type, value } }) => ({
      type: text(type),
      value: text(value),
    })),
    frames: allFrames(subject),
    family: platformFamily(platform),
    sdk: sdkName(event),
    release: text(event.release),
    logger: text(event.logger),
    level: text(event.level),
    tag(key) {
      tags ??= new Map(eventTags(event))
      return tags.get(key) ?? null
    },
  }
}

function allFrames({ exceptions, stacktrace, threads }: Subject): GroupingFrame[] {
  const ofExceptions = exceptions.flatMap(({ stacktrace }) => stacktrace?.frames ?? [])
  if (ofExceptions.length > 0) return ofExceptions
  if (stacktrace && stacktrace.frames.length > 0) return stacktrace.frames
  return chooseFrames(threads)
}

function chooseFrames(threads: Subject['threads']): GroupingFrame[] {
  const thread = threads.length === 1 ? threads[0] : chooseThread(threads)
  return thread?.stacktrace?.frames ?? []
}

/** Sentry's own SDKs by their name with dots, all others as `other`. */
function sdkName({ sdk }: PicketEvent): string {
  const name = (text(sdk?.name) ?? '').replaceAll(/[^a-zA-Z0-9]+/g, '.')
  return name.startsWith('sentry.') ? name : 'other'
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
