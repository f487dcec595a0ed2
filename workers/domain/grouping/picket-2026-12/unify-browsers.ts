import type { ExceptionText } from '../newstyle/options.ts'
import type { PlatformFamily } from '../platform-family.ts'

/**
 * The same error in the words of each engine: V8 (Chrome, Edge, Node), SpiderMonkey (Firefox) and
 * JavaScriptCore (Safari). The words on the right are V8's where they say enough.
 */
const SAME: [pattern: RegExp, text: string, type?: string][] = [
  [
    /^Cannot (?:read|set) propert(?:y|ies) of (undefined|null) \((?:read|sett)ing '([^']{1,200})'\)$/,
    'Cannot access $2 of $1',
  ],
  [/^Cannot (?:read|set) property '([^']{1,200})' of (undefined|null)$/, 'Cannot access $1 of $2'],
  [
    /^can't access property "([^"]{1,200})", .{1,500} is (undefined|null)$/,
    'Cannot access $1 of $2',
  ],
  [
    /^(undefined|null) is not an object \(evaluating '.{0,500}\.([\w$]{1,200})(?: = .{0,500})?'\)$/,
    'Cannot access $2 of $1',
  ],
  [/^Can't find variable: (\S{1,200})$/, '$1 is not defined'],
  [
    /^(.{1,500} is not (?:a function|a constructor|iterable))(?:\. \(In .{0,2000}\)| \(cannot read .{0,200}\))$/,
    '$1',
  ],
  [
    /^(?:Failed to fetch|Load failed|NetworkError when attempting to fetch resource\.|Network request failed)( \(.{1,300}\))?$/,
    'Failed to fetch$1',
  ],
  [
    /^(?:Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed)\b.{0,2000}$/,
    'Failed to import a module',
  ],
  [/^Maximum call stack size exceeded\.?$/, 'Maximum call stack size exceeded', 'RangeError'],
  [/^too much recursion$/, 'Maximum call stack size exceeded', 'RangeError'],
  [
    /^(?:Unexpected end of JSON input|JSON\.parse: unexpected end of data .{0,100}|JSON Parse error: Unexpected EOF)$/,
    'JSON ends too early',
  ],
  [
    /^(?:Unexpected token .{0,500} in JSON at position \d+.{0,100}|Unexpected token .{0,500} is not valid JSON|JSON\.parse: unexpected character .{0,100}|JSON Parse error: (?:Unrecognized token|Unexpected identifier) .{0,500})$/,
    'This is no JSON',
  ],
  [
    /^ResizeObserver loop (?:limit exceeded|completed with undelivered notifications)\.?$/,
    'ResizeObserver loop',
  ],
  [
    /^(?:Assignment to constant variable\.|invalid assignment to const .{1,200}|Attempted to assign to readonly property\.)$/,
    'Assignment to constant variable.',
  ],
]
const ABORTED =
  /^(?:The user aborted a request|signal is aborted without reason|The operation was aborted|Fetch is aborted)\b.{0,200}$/
const QUOTA = /exceeded the quota|quota has been exceeded|NS_ERROR_DOM_QUOTA_REACHED/i

/** An exception as any browser would have put it. */
export function unifyBrowsers(sent: ExceptionText, family: PlatformFamily): ExceptionText {
  if (family !== 'javascript' || sent.value === null) return sent
  if (sent.type === 'AbortError' && ABORTED.test(sent.value)) {
    return { type: sent.type, value: 'The operation was aborted' }
  }
  if (QUOTA.test(sent.value.slice(0, 500))) {
    return { type: 'QuotaExceededError', value: 'The quota has been exceeded' }
  }
  const same = SAME.find(([pattern]) => pattern.test(sent.value!))
  if (!same) return sent
  const [pattern, text, type = sent.type] = same
  return { type, value: sent.value.replace(pattern, text) }
}

/** What engines call code that is in no function. */
const TOP_LEVEL = /^(?:global code|module code|eval code|anonymous)$/i

/**
 * A function's name without what one engine adds to it: `new Foo`, `async load`, `next [as then]`,
 * `async*load`, `outer/inner`, `render/<`.
 */
export function unifyFunction(name: string): string {
  if (TOP_LEVEL.test(name)) return '<anonymous>'
  const plain = name
    .replace(/^(?:new |async |async\*|get |set |static )+/, '')
    .replace(/ \[as [^\]]{0,200}\]$/, '')
  const inner = plain.slice(plain.lastIndexOf('/') + 1)
  return inner === '' || inner === '<' || inner.endsWith('<') ? '<anonymous>' : inner
}
