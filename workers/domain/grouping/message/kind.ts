/** What one scan of a text remembers, so that no stretch is read twice in vain. */
export interface Scan {
  readonly text: string
  /** Before this index no e-mail address can begin; likewise below. */
  emailFrom: number
  hostnameFrom: number
  durationFrom: number
}

/** A kind of detail that differs between occurrences of the same problem. */
export interface Kind {
  name: string
  /** ASCII characters it may begin with. A digit stands for those of other scripts too. */
  first: string
  /** Begins only where a word begins or ends. */
  atBoundary: boolean
  /** Where the match that begins at `at` ends, or -1. */
  match: (scan: Scan, at: number) => number
  /** Refuses what only looked like it. */
  accepts?: (match: string) => boolean
}

export function startScan(text: string): Scan {
  return { text, emailFrom: 0, hostnameFrom: 0, durationFrom: 0 }
}

/** Asks a sticky expression at one place of the text. */
export function matchAt(pattern: RegExp): Kind['match'] {
  return ({ text }, at) => {
    pattern.lastIndex = at
    return pattern.test(text) ? pattern.lastIndex : -1
  }
}
