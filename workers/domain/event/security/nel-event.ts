import { isObject } from '../../json.ts'
import type { Dictionary } from '../own-key.ts'

/** What went wrong, by the phase in front of the error's type (W3C Network Error Logging, §6). */
const PHASES: Record<string, string> = {
  dns: 'The name of the server could not be resolved',
  tcp: 'The connection to the server failed',
  tls: 'The secure connection to the server failed',
  http: 'The server answered in a way the browser could not use',
  h2: 'The server answered in a way the browser could not use',
  h3: 'The server answered in a way the browser could not use',
}

/** A request that failed before the page could see why. */
export function nelEvent(report: Dictionary): Dictionary {
  const body = isObject(report['body']) ? report['body'] : {}
  const type = text(body['type']) || 'unknown'
  const phase = type.split('.', 1)[0]!
  const reason = Object.hasOwn(PHASES, phase) ? PHASES[phase]! : 'The request failed'
  const url = text(report['url'])
  const referrer = text(body['referrer'])
  return {
    type: 'nel',
    nel: report,
    logentry: { formatted: `NEL / ${type}` },
    culprit: statusCulprit(reason, body['status_code']),
    tags: [['error.type', type]],
    contexts: { nel: contextOf(body, type) },
    request: {
      ...(url ? { url } : {}),
      ...(referrer ? { headers: [['Referer', referrer]] } : {}),
    },
  }
}

/** What was measured, apart from the addresses in the report. */
function contextOf(body: Dictionary, type: string): Dictionary {
  const { elapsed_time, phase, protocol, sampling_fraction, server_ip, status_code } = body
  return {
    type: 'nel',
    error_type: type,
    ...defined({ elapsed_time, phase, protocol, sampling_fraction, server_ip, status_code }),
  }
}

function defined(fields: Dictionary): Dictionary {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function statusCulprit(reason: string, status: unknown): string {
  return typeof status === 'number' && status > 0 ? `${reason} (status ${status})` : reason
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
