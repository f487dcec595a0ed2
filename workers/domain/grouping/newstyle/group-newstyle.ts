import type { PicketEvent } from '#domain/event/event.ts'
import { rootText } from '../component/component.ts'
import { HASH_OF_NOTHING, md5 } from '../component/md5.ts'
import type { RuleSets } from '../enhancement/compile-rules.ts'
import type { CompiledFingerprintRule } from '../fingerprint/compile-rules.ts'
import { fingerprintFacts } from '../fingerprint/facts.ts'
import { type Fingerprint, resolveFingerprint } from '../fingerprint/resolve-fingerprint.ts'
import { isDefaultVariable } from '../fingerprint/variable-syntax.ts'
import type { Variant, VariantKey } from '../variant.ts'
import { describeVariant } from './describe-variant.ts'
import type { NewstyleOptions } from './options.ts'
import { runStrategies, type StrategyResults } from './run-strategies.ts'
import { prepareSubject, type Subject } from './subject.ts'

export interface NewstyleRules {
  enhancements: RuleSets
  fingerprinting: CompiledFingerprintRule[]
}

export interface NewstyleGrouping {
  subject: Subject
  variants: Variant[]
  fingerprint: Fingerprint
  mainExceptionId: number | null
}

/** The order of work of spec/grouping.md §2. */
export function groupNewstyle(
  event: PicketEvent,
  { enhancements, fingerprinting }: NewstyleRules,
  options: NewstyleOptions,
): NewstyleGrouping {
  const subject = prepareSubject(event, enhancements, options)
  const facts = fingerprintFacts(subject)
  const fingerprint = resolveFingerprint(facts, fingerprinting, options.unknownVariable)
  const checksum = checksumVariant(event['checksum'])
  if (checksum) return { subject, fingerprint, variants: [checksum], mainExceptionId: null }
  const results = runStrategies(subject)
  const variants = applyFingerprint(results, fingerprint)
  const hasHash = variants.some(({ contributes }) => contributes)
  return {
    subject,
    fingerprint,
    variants: hasHash ? variants : [...variants, fallbackVariant()],
    mainExceptionId: results.mainExceptionId,
  }
}

/** What the client computed beats everything. */
function checksumVariant(checksum: unknown): Variant | null {
  if (typeof checksum !== 'string' || checksum === '') return null
  const isHash = /^[0-9a-f]{32}$/.test(checksum)
  return {
    ...bare(isHash ? 'checksum' : 'hashed_checksum'),
    type: isHash ? 'checksum' : 'hashed_checksum',
    hash: isHash ? checksum : md5(checksum),
    values: [checksum],
  }
}

function applyFingerprint({ roots }: StrategyResults, fingerprint: Fingerprint): Variant[] {
  const { kind, resolved } = fingerprint
  const isSalted = kind === 'hybrid'
  const override = kind === 'custom' ? fingerprintKey(fingerprint) : null
  const variants = roots.map(([key, component]): Variant => {
    const contributes = component.contributes && override === null
    const own = contributes ? rootText(component) : ''
    const text = isSalted ? salt(own, resolved) : own
    const takesPrecedence = override && `the ${describeVariant(override, null)} takes precedence`
    return {
      key,
      type: isSalted ? 'salted_component' : 'component',
      description: describeVariant(key, component),
      hash: contributes ? md5(text) : null,
      contributes,
      hint: takesPrecedence ?? component.hint,
      component,
      values: isSalted ? resolved : null,
    }
  })
  if (override === null) return variants
  const type = override === 'built_in_fingerprint' ? 'built_in_fingerprint' : 'custom_fingerprint'
  return [...variants, { ...bare(override), type, hash: md5(resolved.join('')), values: resolved }]
}

/** The fingerprint, with what the variant would be hashed by in the place of the default. */
function salt(text: string, fingerprint: string[]): string {
  return fingerprint.map((entry) => (isDefaultVariable(entry) ? text : entry)).join('')
}

function fingerprintKey({ matched }: Fingerprint): VariantKey {
  if (matched === null) return 'custom_client_fingerprint'
  return matched.isBuiltIn ? 'built_in_fingerprint' : 'custom_server_fingerprint'
}

function fallbackVariant(): Variant {
  return { ...bare('fallback'), hash: HASH_OF_NOTHING }
}

function bare(key: VariantKey): Variant {
  return {
    key,
    type: 'fallback',
    description: describeVariant(key, null),
    hash: null,
    contributes: true,
    hint: null,
    component: null,
    values: null,
  }
}
