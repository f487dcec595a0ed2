import type { Exception, PicketEvent } from '../event/event.ts'

/** Messages of extensions and of what they inject (spec/event-processing.md §4.1). */
const VALUES = anyOf([
  'top.GLOBALS',
  'originalCreateNotification',
  'MyApp_RemoveAllHighlights',
  'http://tt.epicplay.com',
  "Can't find variable: ZiteReader",
  'jigsaw is not defined',
  'ComboSearch is not defined',
  'http://loading.retry.widdit.com/',
  'atomicFindClose',
  'fb_xd_fragment',
  'bmi_SafeAddOnload',
  'EBCallBackMessageReceived',
  '_gCrWeb',
  'conduitPage',
  "null is not an object (evaluating 'elt.parentNode')",
  'plugin.setSuspendState is not a function',
  'Extension context invalidated',
  'webkit-masked-url:',
  "can't access dead object",
])
/** Old WebKit's own message, with whatever quote stands between. */
const CANVAS = /canvas.contentDocument/i

const SOURCES = anyOf([
  'graph.facebook.com',
  'connect.facebook.net',
  'eatdifferent.com.woopra-ns.com',
  'static.woopra.com/js/woopra.js',
  'webkit-masked-url',
  '127.0.0.1:4001/isrunning',
  'webappstoolbarba.texthelp.com/',
  'metrics.itunes.apple.com.edgesuite.net/',
  'kaspersky-labs.com',
])
const SCHEMES =
  /^(?:chrome|chrome-extension|moz-extension|safari-extension|safari-web-extension):\/\//i

/** Frames of code that has no file. */
const NO_SOURCE = new Set(['<anonymous>', '[native code]'])

/** Errors of an extension in the user's browser: the page has no part in them. */
export function isFromBrowserExtension(event: PicketEvent): boolean {
  const exception = event.exception?.values?.[0]
  if (!exception) return false
  const { value } = exception
  if (value && (VALUES.test(value) || CANVAS.test(value))) return true
  const source = sourceOf(exception)
  return source !== null && (SOURCES.test(source) || SCHEMES.test(source))
}

/** The newest frame's file; a frame that hides its own ends the search. */
function sourceOf({ stacktrace }: Exception): string | null {
  const frame = stacktrace?.frames?.findLast((frame) => !NO_SOURCE.has(frame?.abs_path ?? ''))
  return frame?.abs_path ?? null
}

/** A pattern for any of these texts, in any case. */
function anyOf(texts: string[]): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i')
}
