/**
 * From what a proposal would do to single events to what it does to issues.
 *
 * A stream (the events of one hash so far) stays whole wherever it can: it leads, with its issue, to the
 * group of the new hash that most of its events get; only the others of its events move. A stream some
 * of whose events keep their hash stays with those. Streams that share an issue stay together: somebody
 * merged them, or an event had both hashes. Groups that meet in an issue, or issues that meet in a group,
 * are one; the issue with the most events gives it its name.
 */
import type { RegroupTally, TallyLine } from './regroup-tally.ts'

export interface RegroupIssue {
  id: number
  count: number
}

export interface RegroupInput {
  tally: RegroupTally
  /** Issue of each stream; one that leads nowhere is absent and stays as it is. */
  streams: Map<number, { issueId: number; hash: string }>
  /** Issue of each proposed hash that has one. */
  hashes: Map<string, number>
  issues: RegroupIssue[]
  /** Issues to be joined whatever their events say. */
  merges: number[][]
}

/** Events that leave a stream. */
export interface MovedEvents extends TallyLine {
  from: number
}

export interface RegroupGroup {
  /** The issue it is known by; null for one that is to be made. */
  target: number | null
  /** Every issue that becomes part of it, the target among them. */
  issues: number[]
  /** Proposed hashes that will lead here and do not yet. */
  newHashes: string[]
  /** Events that come from issues of other groups, or go to them. */
  arriving: MovedEvents[]
  leaving: MovedEvents[]
  count: number
}

export interface RegroupPlan {
  /** Only those that change. */
  groups: RegroupGroup[]
  /** Events that do not stay in their group. */
  moves: MovedEvents[]
}

export function planRegroup(input: RegroupInput): RegroupPlan {
  const { streams, hashes, issues, merges } = input
  const lines = input.tally.filter(({ stream }) => streams.has(stream))
  const staying = stayingHashes(lines, streams)
  const joined = new Joined()
  for (const { id } of issues) joined.add(`issue ${id}`)
  for (const [first, ...others] of merges) {
    for (const other of others) joined.join(`issue ${first}`, `issue ${other}`)
  }
  const moves: MovedEvents[] = []
  for (const line of lines) {
    const { issueId } = streams.get(line.stream)!
    const known = hashes.get(line.hash)
    if (known !== undefined) joined.join(`hash ${line.hash}`, `issue ${known}`)
    if (staying.get(line.stream) === line.hash) {
      joined.join(`issue ${issueId}`, `hash ${line.hash}`)
    } else moves.push({ ...line, from: issueId })
  }
  const counts = new Map(issues.map(({ id, count }) => [id, count]))
  const members = joined.groups([...lines.map(({ hash }) => `hash ${hash}`)])
  const groups = members.map((names): RegroupGroup => {
    const ids = names.flatMap((name) => (name.startsWith('issue ') ? [Number(name.slice(6))] : []))
    const inGroup = new Set(names)
    const ownHashes = names.flatMap((name) => (name.startsWith('hash ') ? [name.slice(5)] : []))
    const arriving = moves.filter(
      ({ hash, from }) => inGroup.has(`hash ${hash}`) && !inGroup.has(`issue ${from}`),
    )
    const leaving = moves.filter(
      ({ hash, from }) => inGroup.has(`issue ${from}`) && !inGroup.has(`hash ${hash}`),
    )
    const held = ids.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0)
    return {
      target: largest(ids, counts),
      issues: ids,
      newHashes: ownHashes.filter((hash) => !hashes.has(hash)),
      arriving,
      leaving,
      count: held + sumCounts(arriving) - sumCounts(leaving),
    }
  })
  // Who stays within its group need not move: both hashes lead there.
  return { groups: groups.filter(isChanged), moves: groups.flatMap(({ arriving }) => arriving) }
}

/** What the events of each stream that stay have as their hash. */
function stayingHashes(lines: TallyLine[], streams: RegroupInput['streams']): Map<number, string> {
  const staying = new Map<number, string>()
  for (const [stream, ofStream] of Map.groupBy(lines, (line) => line.stream)) {
    const { hash } = streams.get(stream)!
    const kept = ofStream.find((line) => line.hash === hash)
    const most = ofStream.reduce((a, b) => (b.count > a.count ? b : a))
    staying.set(stream, (kept ?? most).hash)
  }
  return staying
}

function isChanged({ target, issues, newHashes, arriving, leaving }: RegroupGroup): boolean {
  if (target === null || issues.length > 1) return true
  return newHashes.length + arriving.length + leaving.length > 0
}

function largest(ids: number[], counts: Map<number, number>): number | null {
  const [first] = [...ids].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b)
  return first ?? null
}

function sumCounts(lines: { count: number }[]): number {
  return lines.reduce((sum, { count }) => sum + count, 0)
}

/** Names that belong together (union-find). */
class Joined {
  readonly #parents = new Map<string, string>()

  add(name: string): void {
    if (!this.#parents.has(name)) this.#parents.set(name, name)
  }

  join(a: string, b: string): void {
    this.#parents.set(this.#root(a), this.#root(b))
  }

  groups(also: string[]): string[][] {
    for (const name of also) this.add(name)
    const names = [...this.#parents.keys()]
    return [...Map.groupBy(names, (name) => this.#root(name)).values()]
  }

  #root(name: string): string {
    this.add(name)
    let root = name
    while (this.#parents.get(root) !== root) root = this.#parents.get(root)!
    // Shortens the way for the next who asks.
    for (let at = name; at !== root; ) {
      const next = this.#parents.get(at)!
      this.#parents.set(at, root)
      at = next
    }
    return root
  }
}
