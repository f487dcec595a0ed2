import type { PlatformFamily } from '../platform-family.ts'
import type { Strategy } from './strategy.ts'

/** What differs between the configs of the newstyle family (spec/grouping.md §1). */
export interface NewstyleOptions extends Refinement {
  /** The order of an exception's parts in the hash: its stack trace first, or last. */
  stacktraceFirst: boolean
  /**
   * A JavaScript stack trace of one nameless frame says nothing: where the frame is no URL, or, as
   * in a mistake that old hashes depend on, where it is one.
   */
  dropsLoneFrameAt: 'elsewhere' | 'url'
  /** Replaces the numbers in the line by which Python starts worker processes. */
  cleansMultiprocessingLine: boolean
  /** What becomes of `{{ name }}` in a fingerprint when there is no such variable. */
  unknownVariable: 'named' | 'kept'
}

/** What a version may see differently, part by part. Sentry's versions see things as they come. */
export interface Refinement {
  /** A message, or an exception's value, as it is hashed. */
  message: (text: string) => string
  /** An exception before anything is made of it. */
  exception: (exception: ExceptionText, family: PlatformFamily) => ExceptionText
  /** A file's name without folders, in its own case. */
  filename: (name: string) => string
  module: (name: string, family: PlatformFamily) => string
  /** A function of JavaScript. */
  javascriptFunction: (name: string) => string
  /** For events that nothing else says anything about. */
  lastResort: Strategy | null
}

export interface ExceptionText {
  type: string | null
  value: string | null
}

const asItIs = (text: string) => text

export const NO_REFINEMENT: Omit<Refinement, 'message'> = {
  exception: (exception) => exception,
  filename: asItIs,
  module: asItIs,
  javascriptFunction: asItIs,
  lastResort: null,
}
