import { rowTest, type TextTest } from './match-row.ts'
import { type GlobToken, parseGlob, STAR } from './parse-glob.ts'
import { isAnyFolders, pathTest } from './path-glob.ts'

/**
 * Globs of grouping rules (spec/grouping.md §10): they match whole texts, in time proportional to
 * text and pattern whatever either holds. An invalid pattern matches nothing.
 */

/** Case counts and `*` crosses everything; `**` between slashes may stand for nothing at all. */
export function compileGlob(pattern: string): TextTest {
  return anyOf(alternatives(pattern).flatMap(withoutFolders).map(rowTest))
}

/** As `compileGlob`, for texts that the caller has lowered. */
export function compileCaselessGlob(pattern: string): TextTest {
  return compileGlob(pattern.toLowerCase())
}

/**
 * For texts in the form `normalizePath` gives. Case is ignored, `*` and `?` stay inside a folder,
 * `**` is any number of folders. A text without leading `/` is tried a second time with one.
 */
export function compilePathGlob(pattern: string): TextTest {
  const rows = alternatives(pattern.toLowerCase()).map(split)
  const test = anyOf(rows.map(pathTest))
  // A slash more makes no difference where any folders may come first.
  if (rows.every(([first]) => isAnyFolders(first!))) return test
  return (text) => test(text) || (!text.startsWith('/') && test(`/${text}`))
}

/** Lower case, with slashes that lean forward. */
export function normalizePath(path: string): string {
  return path.toLowerCase().replaceAll('\\', '/')
}

function alternatives(pattern: string): GlobToken[][] {
  return parseGlob(pattern) ?? []
}

function anyOf(tests: TextTest[]): TextTest {
  const [only] = tests
  if (tests.length === 1 && only) return only
  return (text) => tests.some((test) => test(text))
}

/** Splits at slashes, escaped or not. */
function split(tokens: GlobToken[]): GlobToken[][] {
  const folders: GlobToken[][] = [[]]
  for (const token of tokens) {
    if (token === '/') folders.push([])
    else folders.at(-1)!.push(token)
  }
  return folders
}

/** Where slashes mean nothing, a `**` folder is either nothing or a star and a slash. */
function withoutFolders(tokens: GlobToken[]): GlobToken[][] {
  const folders = split(tokens)
  let rows: GlobToken[][] = [[]]
  folders.forEach((folder, index) => {
    const isLast = index === folders.length - 1
    const end: GlobToken[] = isLast ? [] : ['/']
    const isOptional = isAnyFolders(folder) && !isLast && rows.length < 32
    rows = isOptional
      ? rows.flatMap((row) => [row, [...row, STAR, '/']])
      : rows.map((row) => [...row, ...folder, ...end])
  })
  return rows
}
