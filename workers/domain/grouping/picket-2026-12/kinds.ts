import { hostnameMatcher } from '../message/host-kinds.ts'
import { type Kind, matchAt } from '../message/kind.ts'
import { KINDS as COMMON } from '../message/kinds.ts'
import { matchValue } from './value-kind.ts'

const ALNUM = '\\p{L}\\p{N}'
const before = `(?<![${ALNUM}])`
const end = `(?![${ALNUM}])`
const DIGITS = '0123456789'
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const hex = '[0-9a-fA-F]'

/** Domains of machines rather than of companies. */
const INNER_DOMAINS = ['internal', 'local', 'localhost', 'lan', 'dev', 'cloud', 'ai', 'svc']

const expression = (source: string): Kind['match'] => matchAt(new RegExp(source, 'uy'))

/** What messages differ in from time to time, in the order tried at one place. */
export const KINDS: Kind[] = [
  common('email'),
  common('url'),
  {
    name: 'token',
    first: 'e',
    atBoundary: true,
    match: expression('eyJ[A-Za-z0-9_-]{10,4096}(?:\\.[A-Za-z0-9_-]{1,4096}){0,2}'),
  },
  { ...common('hostname'), match: hostnameMatcher(INNER_DOMAINS) },
  common('ip'),
  common('traceparent'),
  {
    name: 'uuid',
    first: `${DIGITS}abcdefABCDEF`,
    atBoundary: false,
    match: expression(`${before}${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}${end}`),
  },
  common('date'),
  {
    name: 'duration',
    first: DIGITS,
    atBoundary: false,
    match: expression(
      `${before}\\p{Nd}{1,32}(?:\\.\\p{Nd}{1,32})?(?:[numµ]?s|secs?|mins?|hrs?|h)${end}`,
    ),
  },
  {
    name: 'size',
    first: DIGITS,
    atBoundary: false,
    match: expression(
      `${before}\\p{Nd}{1,32}(?:\\.\\p{Nd}{1,32})? ?(?:[KMGTP]i?B|[kmgt]b|bytes?)${end}`,
    ),
  },
  { name: 'quoted_str', first: `'"\``, atBoundary: false, match: quotedKind() },
  { name: 'value', first: `${DIGITS}${LETTERS}-`, atBoundary: false, match: matchValue },
  common('bool'),
]

function common(name: string): Kind {
  return COMMON.find((kind) => kind.name === name)!
}

/** What code calls things: `'user.name'`, `"/orders"`, `'<div>'`. */
const NAME = /^[\w$./:#@<>()[\]-]{1,40}$/

/**
 * A quoted value. Quoted names stay: what could not be read, or which route failed, tells problems
 * apart. Apostrophes do not open quotes.
 */
function quotedKind(): Kind['match'] {
  const quoted = expression(
    `(?<![${ALNUM}])(?:'[^'\\n]{1,256}'|"[^"\\n]{1,256}"|\`[^\`\\n]{1,256}\`)${end}`,
  )
  return (scan, at) => {
    const close = quoted(scan, at)
    if (close < 0) return -1
    const content = scan.text.slice(at + 1, close - 1)
    return NAME.test(content) && !/\d\d/.test(content) ? -1 : close
  }
}
