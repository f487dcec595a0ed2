/** What a User-Agent header tells. Names are those of Sentry: `Chrome Mobile`, `Mac OS X`. */
export interface ParsedUserAgent {
  browser: NamedVersion | null
  os: NamedVersion | null
  device: { family: string; model: string | null; brand: string | null } | null
}

export interface NamedVersion {
  name: string
  /** `major[.minor[.patch]]`, or null where the header does not say. */
  version: string | null
}

/** Reads a User-Agent header; a part that cannot be told is null. Must not throw. */
export type ParseUserAgent = (userAgent: string) => ParsedUserAgent
