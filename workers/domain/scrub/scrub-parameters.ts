import type { LogEntry, MetaTree } from '../event/event.ts'
import { type KnownTexts, noteOf, readMarks, redactParts, searchable } from './marked-text.ts'
import { emptyNotes, metaOf, putNote, treeBelow, withNotes } from './notes.ts'
import type { Range, Rule } from './rule.ts'

/** Shorter parameters would be found everywhere. */
const CHARACTERS_MIN = 4

/**
 * A log line is made of a template and parameters: "sign in as %(password)s". What scrubbing took of
 * the parameters is taken of the line, where no key tells it any more.
 */
export function scrubParameters(
  before: LogEntry,
  after: LogEntry,
  tree: MetaTree | undefined,
  rule: Rule,
  known: KnownTexts,
): { logentry: LogEntry; tree: MetaTree | undefined } {
  const secrets = takenTexts(before.params, after.params)
  if (secrets.length === 0 || typeof after.formatted !== 'string') return { logentry: after, tree }
  const meta = metaOf(treeBelow(treeBelow(tree, 'logentry'), 'formatted'))
  const text = readMarks(after.formatted, meta, known)
  const scrubbed = redactParts(text, placesOf(secrets, searchable(text)), rule)
  if (scrubbed === text) return { logentry: after, tree }
  const notes = emptyNotes()
  putNote(notes, ['logentry', 'formatted'], noteOf(after.formatted, scrubbed, meta), false)
  return { logentry: { ...after, formatted: scrubbed.value }, tree: withNotes(tree, notes) }
}

/** Texts and numbers of which nothing was left. */
function takenTexts(before: unknown, after: unknown): string[] {
  if (before === after || before === null || before === undefined) return []
  if (typeof before !== 'object') {
    const isGone = after === null || after === '[Filtered]' || after === ''
    return isGone && String(before).length >= CHARACTERS_MIN ? [String(before)] : []
  }
  return Object.entries(before).flatMap(([key, value]) => {
    const isKept = typeof after === 'object' && after !== null && Object.hasOwn(after, key)
    return takenTexts(value, isKept ? (after as Record<string, unknown>)[key] : null)
  })
}

function placesOf(secrets: readonly string[], text: string): Range[] {
  const found: Range[] = []
  for (const secret of secrets) {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
      found.push([at, at + secret.length])
    }
  }
  found.sort((one, other) => one[0] - other[0] || other[1] - one[1])
  let reached = 0
  return found.filter(([start, end]) => {
    if (start < reached) return false
    reached = end
    return true
  })
}
