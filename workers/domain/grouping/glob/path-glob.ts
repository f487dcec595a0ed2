import { literalOf, rowTest, type TextTest } from './match-row.ts'
import { type GlobToken, STAR } from './parse-glob.ts'

/**
 * Tests a path folder by folder. Between `**` stand runs of folders of fixed length: the trick of
 * `rowTest` again, one level up. Paths with plain folder names never get that far: they are found as
 * texts.
 */
export function pathTest(folders: GlobToken[][]): TextTest {
  const startsAnywhere = isAnyFolders(folders[0]!)
  const endsAnywhere = isAnyFolders(folders.at(-1)!)
  const inner = folders.slice(startsAnywhere ? 1 : 0, endsAnywhere ? -1 : undefined)
  if (inner.length === 0 || (folders.length === 1 && startsAnywhere)) return () => true
  const literals = inner.map(literalOf)
  if (literals.every((literal) => literal !== null)) {
    return literalTest(literals.join('/'), startsAnywhere, endsAnywhere)
  }
  const runs = splitAtAnyFolders(inner)
  const needle = longestLiteral(inner)
  return (text) =>
    text.includes(needle) && matchRuns(runs, text.split('/'), startsAnywhere, endsAnywhere)
}

/** A `**` between slashes or at an end. */
export function isAnyFolders(folder: GlobToken[]): boolean {
  return folder.length === 2 && folder[0] === STAR && folder[1] === STAR
}

/** `a/b` as a whole path, its start, its end or anywhere in it. */
function literalTest(path: string, startsAnywhere: boolean, endsAnywhere: boolean): TextTest {
  const [before, after, between] = [`/${path}`, `${path}/`, `/${path}/`]
  if (startsAnywhere && endsAnywhere) {
    return (text) => text.includes(between) || text.startsWith(after)
  }
  if (startsAnywhere) return (text) => text.endsWith(before) || text === path
  if (endsAnywhere) return (text) => text.startsWith(after)
  return (text) => text === path
}

function splitAtAnyFolders(folders: GlobToken[][]): TextTest[][] {
  const runs: TextTest[][] = [[]]
  for (const folder of folders) {
    if (isAnyFolders(folder)) runs.push([])
    else runs.at(-1)!.push(rowTest(folder))
  }
  return runs
}

/** A text that every match must contain; tells most paths away before they are split. */
function longestLiteral(folders: GlobToken[][]): string {
  let [longest, current] = ['', '']
  for (const token of folders.flatMap((folder) => [...folder, STAR])) {
    current = typeof token === 'string' ? current + token : ''
    if (current.length > longest.length) longest = current
  }
  return longest
}

function matchRuns(
  runs: TextTest[][],
  folders: string[],
  startsAnywhere: boolean,
  endsAnywhere: boolean,
): boolean {
  let at = 0
  for (const [index, run] of runs.entries()) {
    const isFirst = index === 0 && !startsAnywhere
    const isLast = index === runs.length - 1 && !endsAnywhere
    if (isFirst) {
      if (!matchRun(run, folders, 0)) return false
      at = run.length
      if (isLast) return at === folders.length
    } else if (isLast) {
      const start = folders.length - run.length
      return start >= at && matchRun(run, folders, start)
    } else {
      while (!matchRun(run, folders, at)) if (++at > folders.length - run.length) return false
      at += run.length
    }
  }
  return at < folders.length
}

function matchRun(run: TextTest[], folders: string[], start: number): boolean {
  return (
    start + run.length <= folders.length &&
    run.every((test, index) => test(folders[start + index]!))
  )
}
