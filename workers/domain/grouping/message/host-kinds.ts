import { isDigit, isWord } from './characters.ts'
import type { Scan } from './kind.ts'

/**
 * E-mail addresses, host names and durations, read by hand: as expressions they would look at the
 * rest of a long word again from each of its characters. Each failure notes how far it reaches.
 */

const LOCAL_PART = /[\w.!#$%&'*+/=?^`{|}~-]+/y
const MAIL_DOMAIN = /@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*/y
const LABEL = /[a-zA-Z0-9-]{1,64}/y
const TOP_LEVEL = /(?:[a-z]{2,10}|[A-Z]{2,10})(?![a-zA-Z])/y
const DURATION = /(?:\p{Nd}+ms)|\p{Nd}+(?:\.\p{Nd}+)?s(?![\p{L}\p{N}_])/uy

const LABEL_CHARACTERS_MAX = 63

/** The domains Sentry knows a host by (spec/grouping.md §9). */
const TOP_LEVEL_DOMAINS = new Set(
  `com net org jp de uk fr br it ru es me gov pl ca au cn co in nl edu info eu ch id at kr cz mx be
  tv se tr tw al ua ir vn cl sk ly cc to no fi us pt dk ar hu tk gr il news ro my biz ie za nz sg ee
  th io xyz pe bg hk rs lt link ph club si site mobi by cat wiki la ga xxx cf hr ng jobs online kz
  ug gq ae is lv pro fm tips ms sa app`.split(/\s+/),
)

export function matchEmail(scan: Scan, at: number): number {
  if (at < scan.emailFrom) return -1
  LOCAL_PART.lastIndex = at
  if (!LOCAL_PART.test(scan.text)) return -1
  MAIL_DOMAIN.lastIndex = LOCAL_PART.lastIndex
  if (MAIL_DOMAIN.test(scan.text)) return MAIL_DOMAIN.lastIndex
  scan.emailFrom = LOCAL_PART.lastIndex
  return -1
}

/** Labels with dots, as few as will do, then a known domain that ends a word. */
export function matchHostname(scan: Scan, at: number): number {
  return matchLabels(scan, at, TOP_LEVEL_DOMAINS)
}

/** The same for domains of one's own besides. */
export function hostnameMatcher(domains: string[]): (scan: Scan, at: number) => number {
  const known = new Set([...TOP_LEVEL_DOMAINS, ...domains])
  return (scan, at) => matchLabels(scan, at, known)
}

function matchLabels(scan: Scan, at: number, domains: Set<string>): number {
  if (at < scan.hostnameFrom) return -1
  const { text } = scan
  let label = at
  for (;;) {
    LABEL.lastIndex = label
    const end = LABEL.test(text) ? LABEL.lastIndex : label
    const length = end - label
    if (length === 0 || length > LABEL_CHARACTERS_MAX || text[end] !== '.') {
      scan.hostnameFrom = label
      return -1
    }
    label = end + 1
    TOP_LEVEL.lastIndex = label
    if (TOP_LEVEL.test(text) && isTopLevel(text, label, TOP_LEVEL.lastIndex, domains)) {
      return TOP_LEVEL.lastIndex
    }
  }
}

function isTopLevel(text: string, start: number, end: number, domains: Set<string>): boolean {
  const next = text.codePointAt(end)
  if (next !== undefined && isWord(next)) return false
  return domains.has(text.slice(start, end).toLowerCase())
}

/** `12ms` where a word begins, or `1.5s` where one ends. */
export function matchDuration(scan: Scan, at: number): number {
  if (at < scan.durationFrom) return -1
  const { text } = scan
  DURATION.lastIndex = at
  if (DURATION.test(text)) {
    const end = DURATION.lastIndex
    const isMilliseconds = text[end - 2] === 'm'
    if (!isMilliseconds || at === 0 || !isWord(text.codePointAt(at - 1)!)) return end
  }
  scan.durationFrom = digitsEnd(text, at)
  return -1
}

function digitsEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && isDigit(text.codePointAt(end)!)) {
    end += text.codePointAt(end)! > 0xffff ? 2 : 1
  }
  return end
}
