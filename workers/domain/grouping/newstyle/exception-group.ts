import { isSameComponent } from '../component/component.ts'
import { compareText } from '../message/characters.ts'
import type { ExceptionVariants } from './exception.ts'
import type { PreparedException, Subject } from './subject.ts'

/** An exception beside its trees. */
export interface GroupedException {
  prepared: PreparedException
  variants: ExceptionVariants
}

export interface FilteredExceptions {
  exceptions: GroupedException[]
  /** The exception the event is really about, where its list says so. */
  mainExceptionId: number | null
}

/**
 * Exception groups (`AggregateException`, `ExceptionGroup`) wrap what went wrong, often many times the
 * same. What counts are the distinct wrapped ones (spec/grouping.md §5.2). A list that is no proper
 * tree is left as it is.
 */
export function filterExceptionGroup(
  exceptions: GroupedException[],
  { event, platform }: Subject,
): FilteredExceptions {
  const unchanged = { exceptions, mainExceptionId: null }
  if (exceptions.length <= 1 || isOldPythonSdk(platform, event.sdk?.version)) return unchanged
  const tree = readTree(exceptions)
  const root = tree?.byId.get(0)
  const tops = root && findTops(root, tree!)
  if (!tree || !root || !tops || tops.length === 0) return unchanged
  const distinct = withoutEchoes(tops)
  if (distinct.length > 1) return { exceptions: [...distinct, root], mainExceptionId: null }
  return { exceptions: firstLine(distinct[0]!, tree), mainExceptionId: idOf(distinct[0]!) }
}

interface Tree {
  byId: Map<number, GroupedException>
  children: Map<number, GroupedException[]>
}

/** Before version 4 the Python SDK numbered exceptions in another way. */
function isOldPythonSdk(platform: string, version: unknown): boolean {
  return platform === 'python' && typeof version === 'string' && version.startsWith('3')
}

function idOf({ prepared }: GroupedException): number | null {
  const id = prepared.exception.mechanism?.exception_id
  return typeof id === 'number' ? id : null
}

function parentOf({ prepared }: GroupedException): number | null {
  const id = prepared.exception.mechanism?.parent_id
  return typeof id === 'number' ? id : null
}

/** Null when an exception has no id, or one that is taken, or is its own parent. */
function readTree(exceptions: GroupedException[]): Tree | null {
  const byId = new Map<number, GroupedException>()
  const children = new Map<number, GroupedException[]>()
  for (const exception of exceptions.toReversed()) {
    const [id, parent] = [idOf(exception), parentOf(exception)]
    if (id === null || byId.has(id) || id === parent) return null
    byId.set(id, exception)
    if (parent === null) continue
    const siblings = children.get(parent)
    if (siblings) siblings.push(exception)
    else children.set(parent, [exception])
  }
  return { byId, children }
}

/** The wrapped exceptions nearest to the root, in tree order; null when the tree bites its tail. */
function findTops(root: GroupedException, tree: Tree): GroupedException[] | null {
  const tops: GroupedException[] = []
  const pending = [root]
  const seen = new Set<GroupedException>()
  while (pending.length > 0) {
    const exception = pending.pop()!
    if (seen.has(exception)) return null
    seen.add(exception)
    const isGroup = exception.prepared.exception.mechanism?.is_exception_group === true
    if (isGroup) pending.push(...(tree.children.get(idOf(exception)!) ?? []).toReversed())
    else tops.push(exception)
  }
  return tops
}

/** Sorted by type, last first; of neighbours with equal trees one stays. */
function withoutEchoes(tops: GroupedException[]): GroupedException[] {
  const type = ({ prepared }: GroupedException) => String(prepared.exception.type ?? '')
  const sorted = tops.toSorted((a, b) => compareText(type(b), type(a)))
  return sorted.filter(
    ({ variants }, at) => at === 0 || !isSame(variants, sorted[at - 1]!.variants),
  )
}

function isSame(a: ExceptionVariants, b: ExceptionVariants): boolean {
  if (!isSameComponent(a.app, b.app)) return false
  if (!a.system || !b.system) return a.system === b.system
  return isSameComponent(a.system, b.system)
}

/** An exception, what caused it, what caused that … */
function firstLine(top: GroupedException, { children }: Tree): GroupedException[] {
  const line = new Set<GroupedException>()
  let next: GroupedException | undefined = top
  while (next && !line.has(next)) {
    line.add(next)
    next = children.get(idOf(next)!)?.[0]
  }
  return [...line]
}
