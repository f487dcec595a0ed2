/**
 * What browsers report by themselves becomes an event (spec/event-processing.md §1.5). The result is
 * what an SDK might have sent: `normalizeEvent` completes it like any other.
 */
import { isObject } from '../json.ts'
import type { Dictionary } from './own-key.ts'
import { cspEvent } from './security/csp-event.ts'
import { nelEvent } from './security/nel-event.ts'
import { snakeKeys } from './security/snake-keys.ts'

/** What the item, or the address it was posted to, says about the page. */
export interface ReportOrigin {
  release?: string
  environment?: string
}

/** The event of one report; null when it is none that we know. Arrays are several reports. */
export function eventFromSecurityReport(
  report: unknown,
  { release, environment }: ReportOrigin = {},
): Dictionary | null {
  const event = isObject(report) ? readReport(report) : null
  return (
    event && { ...event, ...(release ? { release } : {}), ...(environment ? { environment } : {}) }
  )
}

function readReport(report: Dictionary): Dictionary | null {
  if (isObject(report['csp-report'])) return cspEvent(snakeKeys(report['csp-report']))
  if (report['type'] === 'csp-violation' && isObject(report['body'])) {
    return cspEvent(snakeKeys(report['body']))
  }
  if (report['type'] === 'network-error' && isObject(report['body'])) return nelEvent(report)
  if (Object.hasOwn(report, 'known-pins')) return hpkpEvent(snakeKeys(report))
  if (isObject(report['expect-staple-report'])) {
    return stapleEvent(snakeKeys(report['expect-staple-report']))
  }
  const ct = report['expect-ct-report']
  return isObject(ct) ? ctEvent(snakeKeys(ct)) : null
}

function hpkpEvent(hpkp: Dictionary): Dictionary {
  const host = text(hpkp['hostname'])
  return {
    type: 'hpkp',
    hpkp,
    logentry: { formatted: `Public key pinning validation failed for '${host}'` },
    tags: hostTags(hpkp, ['include_subdomains']),
    request: { url: host },
  }
}

function stapleEvent(expectstaple: Dictionary): Dictionary {
  const host = text(expectstaple['hostname'])
  return {
    type: 'expectstaple',
    expectstaple,
    logentry: { formatted: `Expect-Staple failed for '${host}'` },
    tags: hostTags(expectstaple, ['response_status', 'cert_status']),
    culprit: host,
    request: { url: host },
  }
}

function ctEvent(expectct: Dictionary): Dictionary {
  const host = text(expectct['hostname'])
  return {
    type: 'expectct',
    expectct,
    logentry: { formatted: `Expect-CT failed for '${host}'` },
    tags: hostTags(expectct, []),
    culprit: host,
    request: { url: host },
  }
}

/** Tags are named as on the wire, so `include-subdomains`; fields of a certificate keep theirs. */
function hostTags(report: Dictionary, more: string[]): [string, string][] {
  const tags: [string, string][] = []
  for (const field of ['hostname', 'port', ...more]) {
    const value = report[field]
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      continue
    tags.push([field === 'include_subdomains' ? 'include-subdomains' : field, String(value)])
  }
  return tags
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
