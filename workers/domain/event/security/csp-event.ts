import type { Dictionary } from '../own-key.ts'
import { localMessage, remoteMessage } from './csp-message.ts'
import { isLocal, reduceDirective, reduceUri } from './csp-uri.ts'

/** Every directive of the specification; reports about others are not ours to understand. */
const DIRECTIVES = new Set(
  (
    'base-uri block-all-mixed-content child-src connect-src default-src fenced-frame-src font-src ' +
    'form-action frame-ancestors frame-src img-src manifest-src media-src navigate-to object-src ' +
    'plugin-types prefetch-src referrer report-to report-uri require-sri-for ' +
    'require-trusted-types-for sandbox script-src script-src-attr script-src-elem style-src ' +
    'style-src-attr style-src-elem trusted-types upgrade-insecure-requests worker-src'
  ).split(' '),
)

/** A violated content security policy, its keys in snake case; null without a known directive. */
export function cspEvent(report: Dictionary): Dictionary | null {
  const violated = text(report['violated_directive'])
  const directive = (text(report['effective_directive']) || violated).trim().split(/\s/, 1)[0]!
  if (!DIRECTIVES.has(directive)) return null
  const blocked = text(report['blocked_uri']) || 'self'
  const documentUri = text(report['document_uri'])
  const message = isLocal(blocked)
    ? localMessage(directive, violated)
    : remoteMessage(directive, reduceUri(blocked))
  const referrer = text(report['referrer'])
  return {
    type: 'csp',
    csp: { ...report, effective_directive: directive, blocked_uri: blocked },
    logentry: { formatted: message },
    culprit: reduceDirective(violated || directive, documentUri),
    tags: [
      ['effective-directive', directive],
      ['blocked-uri', tagUri(blocked)],
    ],
    request: {
      ...(documentUri ? { url: documentUri } : {}),
      ...(referrer ? { headers: [['Referer', referrer]] } : {}),
    },
  }
}

/** Stripe puts a token into its query: each report would be a tag value of its own. */
function tagUri(uri: string): string {
  return uri.startsWith('https://api.stripe.com/') ? uri.replace(/[?#].*$/s, '') : uri
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
