import { type Find, NOWHERE, type Range } from '../rule.ts'
import { byGroup, byPattern } from './by-pattern.ts'

/* Addresses of machines and people (spec/event-processing.md §5.2). */

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`\\b(?:${OCTET}\\.){3}${OCTET}\\b`, 'g')
const IPV6_CANDIDATE = /(?<![\w:.])[0-9a-f:]{2,39}(?:(?:\.\d{1,3}){3})?(?![\w:])/gi
const MAC = /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b/gi
const UUID = /\b[a-z0-9]{8}-?[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{4}-?[a-z0-9]{12}\b/gi
const LOCAL = /[a-z0-9!#$%&'*+/=?^_`{|}~.-]/i
const DOMAIN = /[a-z0-9](?:[a-z0-9-]{0,62})?(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}(?![a-z0-9])/iy
const LOCAL_CHARACTERS_MAX = 64
const USER_PATH =
  /[/\\](?:users|home|documents and settings|[^/\\\r\n]{0,64}profiles)[/\\]([^/\\\r\n]{1,255})/dgi

const findIpv4 = byPattern(IPV4)
const findIpv6 = byPattern(IPV6_CANDIDATE, isIpv6)

/** IPv4 and IPv6 addresses. */
export const findIps: Find = (text) => {
  const ipv6 = text.includes(':') ? findIpv6(text) : NOWHERE
  const ipv4 = text.includes('.') ? findIpv4(text) : NOWHERE
  if (ipv6.length === 0) return ipv4
  if (ipv4.length === 0) return ipv6
  return apart([...ipv4, ...ipv6])
}

export const findMacs: Find = byPattern(MAC)
export const findUuids: Find = byPattern(UUID)
/** The folder of a user, as `alice` in `/home/alice/x`. */
export const findUserFolders: Find = byGroup(USER_PATH)

/** `local@domain`, the domain ending in two letters or more. */
export const findEmails: Find = (text) => {
  const found: Range[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    const min = Math.max(from, at - LOCAL_CHARACTERS_MAX)
    while (start > min && LOCAL.test(text[start - 1]!)) start -= 1
    if (start === at) continue
    DOMAIN.lastIndex = at + 1
    if (!DOMAIN.test(text)) continue
    from = DOMAIN.lastIndex
    found.push([start, from])
  }
  return found.length > 0 ? found : NOWHERE
}

/** Eight groups of four hex digits, `::` at most once for zeros, the last two perhaps as IPv4. */
function isIpv6(text: string): boolean {
  if (!/[0-9]/.test(text)) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const hasIpv4 = last.includes('.')
  const plain = hasIpv4 ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const count = plain.length + (hasIpv4 ? 2 : 0)
  return halves.length === 2 ? count < 8 : count === 8
}

function apart(ranges: Range[]): Range[] {
  ranges.sort((one, other) => one[0] - other[0] || other[1] - one[1])
  let reached = 0
  return ranges.filter(([start, end]) => {
    if (start < reached) return false
    reached = end
    return true
  })
}
