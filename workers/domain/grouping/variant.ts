import type { Component } from './component/component.ts'

/** One way an event may be told from others; at most one hash. */
export interface Variant {
  key: VariantKey
  type: VariantType
  /** In plain words, such as `exception stack trace, in-app frames`. */
  description: string
  /** 32 lower-case hex; null where the variant does not contribute. */
  hash: string | null
  contributes: boolean
  /** Why it does not contribute. */
  hint: string | null
  /** What the hash was made from; null for fingerprints and checksums. */
  component: Component | null
  /** Resolved values, where a fingerprint plays a part. */
  values: string[] | null
}

export type VariantKey =
  | 'checksum'
  | 'hashed_checksum'
  | 'app'
  | 'system'
  | 'default'
  | 'custom_client_fingerprint'
  | 'custom_server_fingerprint'
  | 'built_in_fingerprint'
  | 'fallback'

export type VariantType =
  | 'checksum'
  | 'hashed_checksum'
  | 'component'
  | 'salted_component'
  | 'custom_fingerprint'
  | 'built_in_fingerprint'
  | 'fallback'
