/** Fingerprint rules: which events are one issue whatever their stack traces say (spec/grouping.md §12). */
export interface FingerprintRule {
  matchers: FingerprintMatcher[]
  /** Texts and variables such as `{{ default }}`, each an entry of its own. */
  fingerprint: string[]
  /** Takes the place of the title; may hold variables. */
  title: string | null
}

export interface FingerprintMatcher {
  key: FingerprintKey
  pattern: string
  isNegated: boolean
}

const KEYS = [
  'message',
  'type',
  'value',
  'function',
  'module',
  'path',
  'package',
  'app',
  'logger',
  'level',
  'family',
  'sdk',
  'release',
] as const
export type FingerprintKey = (typeof KEYS)[number] | `tags.${string}`

const ALIASES = new Map<string, FingerprintKey>([
  ...KEYS.map((key): [string, FingerprintKey] => [key, key]),
  ['error.type', 'type'],
  ['error.value', 'value'],
  ['stack.function', 'function'],
  ['stack.module', 'module'],
  ['stack.abs_path', 'path'],
  ['stack.package', 'package'],
])

/** The key a rule's author meant, or null. */
export function fingerprintKey(name: string): FingerprintKey | null {
  if (name.startsWith('tags.') && name.length > 5) return name as FingerprintKey
  return ALIASES.get(name) ?? null
}

/** The rule as one would write it; the panel shows this. */
export function printFingerprintRule({ matchers, fingerprint, title }: FingerprintRule): string {
  const conditions = matchers.map(
    ({ key, pattern, isNegated }) => `${isNegated ? '!' : ''}${quoteKey(key)}:${quote(pattern)}`,
  )
  const attributes = title === null ? [] : [`title=${quote(title)}`]
  return [...conditions, '->', quote(fingerprint.join('')), ...attributes].join(' ')
}

function quoteKey(key: string): string {
  return /^[\w.-]+$/.test(key) ? key : quote(key)
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
