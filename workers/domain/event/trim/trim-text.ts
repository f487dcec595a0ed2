import type { Notes } from '../schema/notes.ts'
import { countCharacters, cutCharacters } from '../text.ts'

/** What stands where text was cut off; counts as part of the text. */
const CUT_MARK = '...'

/**
 * Text of more than `charsMax + allowance` characters is cut to exactly `charsMax`, the cut marked
 * in the text and in the notes. The allowance spares texts that are hardly too long.
 */
export function trimText(text: string, charsMax: number, allowance: number, notes: Notes): string {
  // UTF-16 units are never fewer than characters, so most texts need no counting.
  if (text.length <= charsMax + allowance) return text
  const length = countCharacters(text)
  if (length <= charsMax + allowance) return text
  const cutAt = Math.max(0, charsMax - CUT_MARK.length)
  notes.remark('!limit', 's', [cutAt, cutAt + CUT_MARK.length])
  notes.originalLength(length)
  return cutCharacters(text, cutAt) + CUT_MARK
}
