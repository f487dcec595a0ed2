import { replaceGroups, splitOutsideGroups } from './brackets.ts'

/**
 * Native names come demangled in the taste of each compiler: with arguments, return types, template
 * parameters, hashes of lambdas and of anonymous namespaces. What is left here reads the same from
 * all of them (spec/grouping.md §8, whose steps this file follows).
 */
export function trimNativeName(name: string, platform: string): string {
  if (name === '<redacted>' || name === '<unknown>') return name
  const stripped = name.trim()
  if (/^[-+]?\[/.test(stripped)) return stripped
  const plain = withoutGenerics(withoutArguments(unifyLambdas(protect(withoutTrailers(stripped)))))
  const chosen = chooseToken(plain, platform)
  return withoutVersions(chosen === '' ? name : restore(chosen))
}

/** `[clone .isra.0]` notes, and `const` or `&` after the arguments. */
function withoutTrailers(name: string): string {
  let text = replaceGroups(name, ['[', ']'], (content) =>
    content.startsWith('clone .') ? '' : `[${content}]`,
  ).trimEnd()
  for (;;) {
    const trailer = text.endsWith('&') ? 1 : /(?<!\w)const$/.test(text.slice(-6)) ? 5 : 0
    if (trailer === 0) return text
    text = text.slice(0, -trailer).trimEnd()
  }
}

/** Operators that would pass for brackets, each with a stand-in no compiler writes. */
const PROTECTED: [text: string, standIn: string][] = [
  ['operator<<', 'operator\ue000\ue000'],
  ['operator<', 'operator\ue000'],
  ['operator()', 'operator\ue001'],
  ['operator->', 'operator\ue002'],
  [' -> ', ' \ue002 '],
  ["`anonymous namespace'", '\ue003'],
]
const ARROW = '\ue002'
const ANONYMOUS = '\ue003'

function protect(name: string): string {
  return PROTECTED.reduce((text, [from, to]) => text.replaceAll(from, to), name)
}

function restore(name: string): string {
  return name
    .replaceAll('\ue000', '<')
    .replaceAll('\ue001', '()')
    .replaceAll(ARROW, '->')
    .replaceAll(ANONYMOUS, "`anonymous namespace'")
}

const LAMBDA = /\blambda_[a-f0-9]{32}\b|\$_\d+\b/g

/** Lambdas of GCC, MSVC and clang, and the hashed name MSVC gives an anonymous namespace. */
function unifyLambdas(name: string): string {
  return unifyGccLambdas(name)
    .replace(LAMBDA, 'lambda')
    .replace(/\?A0x[a-f0-9]{8}::/g, `${ANONYMOUS}::`)
}

/** `{lambda(int)#2}`: up to the nearest end, which may belong to a later lambda. */
function unifyGccLambdas(name: string): string {
  const end = /\)#\d+\}/g
  let result = ''
  let copied = 0
  for (let at = name.indexOf('{lambda('); at >= 0; at = name.indexOf('{lambda(', copied)) {
    end.lastIndex = at
    if (!end.test(name)) break
    result += `${name.slice(copied, at)}lambda`
    copied = end.lastIndex
  }
  return result + name.slice(copied)
}

function withoutArguments(name: string): string {
  return replaceGroups(name, ['(', ')'], (content) => {
    const text = content.trim()
    return text === 'anonymous namespace' || text === 'operator' ? `(${text})` : ''
  })
}

/** Generics become `<T>`, but Rust's `<Type as Trait>` at the start its type. */
function withoutGenerics(name: string): string {
  return replaceGroups(name, ['<', '>'], (content, openedAt) => {
    if (content === 'lambda' || /^(?:lambda_[a-f0-9]{32}\b|\$_\d+\b)/.test(content)) {
      return `<${content}>`
    }
    if (openedAt > 0) return '<T>'
    return withoutGenerics(content.replace(/^[A-Z] as /, '')).split(' as ', 1)[0]!
  })
}

/** The token that names the function, or '' when there is none. */
function chooseToken(name: string, platform: string): string {
  const tokens = splitOutsideGroups(name)
  if (tokens.length > 1 && tokens.at(-1) === '<T>') tokens.splice(-2, 2, `${tokens.at(-2)} <T>`)
  const isInitializer = name.includes('initialization expression of')
  const token = isInitializer ? initializedName(tokens) : namedToken(tokens)
  if (token.startsWith('@') && (platform === 'cocoa' || platform === 'swift')) {
    return name.includes('thunk for ') ? 'thunk for closure' : 'closure'
  }
  return token !== '' && token !== 'closure' && tokens.includes('closure')
    ? `closure in ${token}`
    : token
}

/** Swift: what a variable is called whose first value was being computed. */
function initializedName(tokens: string[]): string {
  const of = tokens.lastIndexOf('of')
  const token = tokens[tokens[of + 1] === 'static' ? of + 2 : of + 1] ?? ''
  return `initializer expression of ${token.replace(/^:/, '')}`
}

/** Before Swift's arrow stands the name, or `throws` and before it the name; else it comes last. */
function namedToken(tokens: string[]): string {
  const arrow = tokens.lastIndexOf(ARROW)
  if (arrow < 0) return tokens.at(-1) ?? ''
  const before = tokens.at(arrow - 1)
  return (before === 'throws' ? tokens.at(arrow - 2) : before) ?? tokens.at(-1)!
}

/** Rust's hash, the version of a GLIBC symbol, and MSVC's `@` decorations. */
function withoutVersions(name: string): string {
  return name
    .replace(/::h[a-z0-9]{16}$/, '')
    .replace(/@@?GLIBC_[0-9.]+$/, '')
    .replace(/^@?(.*?)@[0-9]+$/, '$1')
}
