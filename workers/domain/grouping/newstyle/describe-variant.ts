import { type Component, hasContributing } from '../component/component.ts'
import type { VariantKey } from '../variant.ts'

const PLAIN: Record<Exclude<VariantKey, 'app' | 'system' | 'default'>, string> = {
  checksum: 'checksum from the SDK',
  hashed_checksum: 'checksum from the SDK, hashed',
  custom_client_fingerprint: 'fingerprint from the SDK',
  custom_server_fingerprint: 'fingerprint by a rule of the project',
  built_in_fingerprint: 'fingerprint by a built-in rule',
  fallback: 'nothing to group by',
}

const NAMES: [id: Component['id'], name: string][] = [
  ['chained_exception', 'chained exceptions'],
  ['exception', 'exception'],
  ['threads', 'thread'],
]

/** What a variant groups by, in a few words. */
export function describeVariant(key: VariantKey, root: Component | null): string {
  if (key === 'default') return mainComponent(root)?.id.replaceAll('_', ' ') ?? 'message'
  if (key !== 'app' && key !== 'system') return PLAIN[key]
  const main = mainComponent(root)
  const name = NAMES.find(([id]) => id === main?.id)?.[1]
  const hasTrace = root !== null && hasContributing(root, 'stacktrace')
  const isTrace = name === undefined || hasTrace
  const what = [name, isTrace ? 'stack trace' : undefined].filter(Boolean).join(' ')
  return isTrace ? `${what}, ${key === 'app' ? 'in-app frames' : 'all frames'}` : what
}

/** The child that counts, else the first. */
function mainComponent(root: Component | null): Component | null {
  const children = (root?.values ?? []).filter(
    (value): value is Component => typeof value === 'object' && value !== null,
  )
  return children.find(({ contributes }) => contributes) ?? children[0] ?? null
}
