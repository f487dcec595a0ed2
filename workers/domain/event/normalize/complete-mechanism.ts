import { isObject } from '../../json.ts'
import type { Mechanism } from '../event.ts'
import type { Dictionary } from '../own-key.ts'
import type { Notes } from '../schema/notes.ts'
import type { Draft } from './draft.ts'
import {
  type ErrorSystem,
  errnoName,
  machExceptionName,
  signalCodeName,
  signalName,
} from './error-names.ts'

/** Names what was sent as a bare number, where the system it means is known (spec §3.6). */
export function completeMechanism(
  mechanism: Mechanism,
  event: Draft,
  index: number,
  notes: Notes,
): void {
  const { meta } = mechanism
  if (isObject(meta)) nameErrors(meta, systemOf(event))
  const link = mechanism['help_link']
  if (typeof link !== 'string' || /^https?:\/\//.test(link)) return
  mechanism['help_link'] = notes.at(['exception', 'values', index, 'mechanism', 'help_link'], () =>
    notes.invalid('expected a link that starts with http:// or https://', link),
  )
}

function nameErrors(meta: Dictionary, system: ErrorSystem | null): void {
  const { errno, signal, mach_exception: mach } = meta
  if (isObject(errno)) errno['name'] ??= errnoName(errno['number'], system)
  if (isObject(signal)) {
    signal['name'] ??= signalName(signal['number'], system)
    if (system === 'darwin') {
      signal['code_name'] ??= signalCodeName(signal['number'], signal['code'])
    }
  }
  if (isObject(mach)) mach['name'] ??= machExceptionName(mach['exception'])
}

const SYSTEMS: Record<string, ErrorSystem> = {
  ios: 'darwin',
  watchos: 'darwin',
  tvos: 'darwin',
  macos: 'darwin',
  linux: 'linux',
  android: 'linux',
  windows: 'windows',
}

/** The system the numbers are of: what the debug images say, else the `os` context. */
function systemOf(event: Draft): ErrorSystem | null {
  const sdkInfo = event.debug_meta?.sdk_info
  const stated = isObject(sdkInfo) ? sdkInfo['sdk_name'] : null
  const name = String(stated ?? event.contexts?.['os']?.['name'] ?? '').toLowerCase()
  return Object.hasOwn(SYSTEMS, name) ? SYSTEMS[name]! : null
}
