/** What differs between the configs of the newstyle family (spec/grouping.md §1). */
export interface NewstyleOptions {
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
  /** A message or exception value as it is hashed. */
  normalizeMessage: (text: string) => string
  /** The last segment of a file's path, lowered, as it is hashed. */
  normalizeFilename: (name: string) => string
}
