import { FEATURE } from './features.ts'
import { findEmails, findIps, findMacs, findUserFolders, findUuids } from './find/addresses.ts'
import { findBearers, findKeyBodies, findUrlPasswords, findUserinfo } from './find/credentials.ts'
import { findCards, findIbans, findImeis, findSsns } from './find/numbers.ts'
import { FILTERED, type Match, type Method, type Redaction, type Rule } from './rule.ts'
import { KEY_WORDS, TEXT_WORDS } from './sensitive-words.ts'

/* Sentry's own rules and their names: `@ip`, `@ip:hash` … (spec/event-processing.md §5.2). */

type BuiltinType = keyof typeof BUILTINS

interface Builtin {
  match: Match
  needs: number
  /** What the rule puts in place. */
  text: string
  /** The method of the bare name. */
  bare: Method
  hasFilter: boolean
}

const { at, dashes, digits, dot, slash, word } = FEATURE

const BUILTINS = {
  anything: {
    match: { kind: 'anything' },
    needs: 0,
    text: FILTERED,
    bare: 'replace',
    hasFilter: true,
  },
  ip: parts(findIps, dot, '[ip]'),
  email: parts(findEmails, at, '[email]'),
  creditcard: parts(findCards, digits, '[creditcard]', { hasFilter: true }),
  iban: parts(findIbans, 0, '[iban]', { hasFilter: true }),
  usssn: parts(findSsns, digits, '[us-ssn]', { hasFilter: true, bare: 'mask' }),
  imei: parts(findImeis, digits, '[imei]'),
  mac: parts(findMacs, 0, '[mac]', { bare: 'mask' }),
  uuid: parts(findUuids, 0, '[uuid]', { bare: 'mask' }),
  pemkey: parts(findKeyBodies, dashes, '[pemkey]', { hasFilter: true }),
  urlauth: parts(findUserinfo, at | slash, '[auth]'),
  'urlauth:legacy': parts(findUrlPasswords, at | slash, FILTERED),
  userpath: parts(findUserFolders, slash, '[user]'),
  bearer: parts(findBearers, word, '[token]', { hasFilter: true }),
  password: {
    match: {
      kind: 'pair',
      isKey: (key: string) => KEY_WORDS.test(key),
      isText: (text: string) => TEXT_WORDS.test(text) || findBearers(text).length > 0,
    },
    needs: word,
    text: '[password]',
    bare: 'remove',
    hasFilter: true,
  },
} satisfies Record<string, Builtin>

/** The matcher of a type by name, for custom rules too; undefined when there is no such type. */
export function builtinMatch(type: string): { match: Match; needs: number } | undefined {
  return Object.hasOwn(BUILTINS, type) ? BUILTINS[type as BuiltinType] : undefined
}

const COMMON: BuiltinType[] = [
  ...(['iban', 'ip', 'email', 'creditcard', 'pemkey', 'urlauth', 'userpath'] as const),
  ...(['password', 'usssn', 'bearer'] as const),
]
const COMMON_FILTER = ['creditcard', 'pemkey', 'iban', 'password', 'usssn', 'bearer'] as const

/** The rules behind a name that begins with `@`; none when there is no such rule. */
export function builtinRules(name: string, hashKey: string): Rule[] {
  if (name === '@common')
    return COMMON.map((type) => rule(`@${type}`, type, bareMethod(type), hashKey))
  if (name === '@common:filter') {
    const filters = COMMON_FILTER.flatMap((type) => builtinRules(`@${type}:filter`, hashKey))
    return [...filters, ...builtinRules('@urlauth:legacy', hashKey)]
  }
  const [, type, method] = /^@([a-z]+)(?::([a-z]+))?$/.exec(name) ?? []
  if (name === '@urlauth:legacy') return [rule(name, 'urlauth:legacy', 'replace', hashKey)]
  if (type === undefined || !Object.hasOwn(BUILTINS, type)) return []
  const known = type as BuiltinType
  const { hasFilter }: Builtin = BUILTINS[known]
  switch (method) {
    case undefined:
      return [rule(name, known, bareMethod(known), hashKey)]
    case 'filter':
      return hasFilter ? [{ ...rule(name, known, 'replace', hashKey), redaction: FILTER }] : []
    case 'mask':
      // An IMEI is hashed under this name, as Sentry does.
      return [rule(name, known, known === 'imei' ? 'hash' : 'mask', hashKey)]
    case 'replace':
    case 'hash':
    case 'remove':
      return [rule(name, known, method, hashKey)]
    default:
      return []
  }
}

const FILTER: Redaction = { method: 'replace', text: FILTERED }

function bareMethod(type: BuiltinType): Method {
  return BUILTINS[type].bare
}

function rule(id: string, type: BuiltinType, method: Method, hashKey: string): Rule {
  const { match, needs, text }: Builtin = BUILTINS[type]
  return { id, match, needs, redaction: redactionOf(method, text, hashKey) }
}

export function redactionOf(method: Method, text: string, hashKey: string): Redaction {
  switch (method) {
    case 'replace':
      return { method, text }
    case 'hash':
      return { method, key: hashKey }
    case 'mask':
    case 'remove':
      return { method }
  }
}

function parts(
  find: Extract<Match, { kind: 'parts' }>['find'],
  needs: number,
  text: string,
  { bare = 'replace', hasFilter = false }: { bare?: Method; hasFilter?: boolean } = {},
): Builtin {
  return { match: { kind: 'parts', find }, needs, text, bare, hasFilter }
}
