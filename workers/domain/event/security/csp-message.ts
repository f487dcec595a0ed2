/** What a content security policy blocked, in a line (spec/event-processing.md §1.5). */

/** What a directive is about, where one word says it. */
const SUBJECTS: Record<string, string> = {
  'child-src': 'child',
  'connect-src': 'connect',
  'font-src': 'font',
  'img-src': 'image',
  'manifest-src': 'manifest',
  'media-src': 'media',
  'object-src': 'object',
  'script-src': 'script',
  'script-src-elem': 'script',
  'style-src': 'style',
  'style-src-elem': 'style',
}

const LOCAL: Record<string, string> = {
  'script-src-elem': 'Blocked inline script attribute',
  'script-src-attr': "Blocked unsafe 'script' element",
  'style-src-elem': "Blocked 'style' or 'link' element",
  'style-src-attr': 'Blocked style attribute',
}

const REMOTE: Record<string, string> = {
  'form-action': "Blocked 'form' action to",
  'script-src-attr': 'Blocked inline script attribute from',
  'style-src-attr': 'Blocked style attribute from',
}

/** Where the page's own code was blocked. `violated` is the directive with its sources. */
export function localMessage(directive: string, violated: string): string {
  if (directive === 'script-src') return localScriptMessage(violated)
  const message = lookUp(LOCAL, directive)
  return message ?? `Blocked inline '${lookUp(SUBJECTS, directive) ?? directive}'`
}

/** The policy allows one kind of unsafe code, so it must have been the other. */
function localScriptMessage(violated: string): string {
  const [mayInline, mayEval] = [
    violated.includes("'unsafe-inline'"),
    violated.includes("'unsafe-eval'"),
  ]
  if (mayInline && !mayEval) return "Blocked unsafe inline 'script'"
  if (mayEval && !mayInline) return "Blocked unsafe eval() 'script'"
  return "Blocked unsafe (eval() or inline) 'script'"
}

/** Where something from elsewhere was blocked; `uri` is reduced. */
export function remoteMessage(directive: string, uri: string): string {
  const start =
    lookUp(REMOTE, directive) ?? `Blocked '${lookUp(SUBJECTS, directive) ?? directive}' from`
  return `${start} '${uri}'`
}

function lookUp(table: Record<string, string>, directive: string): string | undefined {
  return Object.hasOwn(table, directive) ? table[directive] : undefined
}
