import { SPACE, WORD } from './characters.ts'
import { DATE } from './date.ts'
import { matchDuration, matchEmail, matchHostname } from './host-kinds.ts'
import { isIpAddress } from './ip-address.ts'
import { type Kind, matchAt } from './kind.ts'

const DIGITS = '0123456789'
const HEX = `${DIGITS}abcdefABCDEF`
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

const octet = '(?:25[0-5]|(?:2[0-4]|1?[0-9])?[0-9])'
const ipv4 = `(?:${octet}\\.){3}${octet}`
const end = `(?![${WORD}])`
const noWordBefore = `(?<![${WORD}])`
const hex = '[0-9a-fA-F]'

const expression = (source: string): Kind['match'] => matchAt(new RegExp(source, 'uy'))

/**
 * What becomes `<kind>`, in the order in which kinds are preferred at one place. The order and the
 * forms are Sentry's (spec/grouping.md §9): every difference would split issues that move here.
 */
export const KINDS: Kind[] = [
  {
    name: 'email',
    first: `${LETTERS}${DIGITS}.!#$%&'*+/=?^_\`{|}~-`,
    atBoundary: false,
    match: matchEmail,
  },
  {
    name: 'url',
    first: 'whf',
    atBoundary: true,
    match: expression(`(?:wss?|https?|ftp)://[^${SPACE}/$.?#][^\\n][^${SPACE}]*`),
  },
  { name: 'hostname', first: `${LETTERS}${DIGITS}-`, atBoundary: true, match: matchHostname },
  {
    name: 'ip',
    first: `${HEX}:`,
    atBoundary: false,
    match: expression(
      `${noWordBefore}${ipv4}${end}|(?<![0-9a-zA-Z_])(?:${hex}{0,4}:){2,7}(?:${ipv4}|${hex}{0,4})(?:%[0-9a-zA-Z]{1,64})?(?:/\\p{Nd}{1,3})?(?![0-9a-zA-Z])`,
    ),
    accepts: isIpAddress,
  },
  {
    name: 'traceparent',
    first: '01',
    atBoundary: true,
    match: expression(`00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]${end}|1-[0-9a-f]{8}-[0-9a-f]{24}${end}`),
  },
  {
    name: 'uuid',
    first: HEX,
    atBoundary: true,
    match: expression(`${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}${end}`),
  },
  { name: 'sha1', first: HEX, atBoundary: true, match: expression(`${hex}{40}${end}`) },
  { name: 'md5', first: HEX, atBoundary: true, match: expression(`${hex}{32}${end}`) },
  { name: 'date', first: `${DIGITS}SMTWFJAONDd`, atBoundary: false, match: matchAt(DATE) },
  { name: 'duration', first: DIGITS, atBoundary: false, match: matchDuration },
  {
    name: 'swift_txn_id',
    first: 't',
    atBoundary: true,
    match: expression(`tx[0-9a-f]{21}-[0-9a-f]{10}[^${SPACE}]*`),
  },
  { name: 'hex', first: `${HEX}-`, atBoundary: false, match: hexKind() },
  {
    name: 'git_sha',
    first: `${DIGITS}abcdef`,
    atBoundary: true,
    match: expression(`(?=[a-f]*[0-9])(?=[0-9]*[a-f])[0-9a-f]{7}${end}`),
  },
  {
    name: 'float',
    first: `${DIGITS}-`,
    atBoundary: false,
    match: expression(`(?:-|${noWordBefore})\\p{Nd}+\\.\\p{Nd}+${end}`),
  },
  {
    name: 'int',
    first: `${DIGITS}-`,
    atBoundary: false,
    match: expression(`${noWordBefore}-?\\p{Nd}{1,7}${end}`),
  },
  {
    name: 'quoted_str',
    first: `'"`,
    atBoundary: false,
    match: expression(`(?<==)(?:'[^']+'|"[^"]+")`),
  },
  {
    name: 'bool',
    first: 'TtFf',
    atBoundary: false,
    match: expression('(?<==)(?:True|true|False|false)'),
  },
]

/**
 * With `0x` any length; without, 4 to 6 of one case that mix digits and letters, or 8 and more of
 * one case. A leading minus that joins no words is swallowed.
 */
function hexKind(): Kind['match'] {
  const bare = (letters: string) => {
    const isMixed = `(?=[${letters}]*[0-9])(?=[0-9]*[${letters}])`
    return `${isMixed}[0-9${letters}]{4,6}${end}|[0-9${letters}]{8,128}${end}`
  }
  return expression(`${noWordBefore}(?:0[xX]${hex}+${end}|-?(?:${bare('a-f')}|${bare('A-F')}))`)
}
