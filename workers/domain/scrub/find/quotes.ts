/** A quotation mark encoded: by percent, as a Unicode escape, as an entity. */
const ENCODED_MARK = '%(?:25){0,2}2[27]|\\\\{1,8}(?:u00|x)2[27]|&(?:quot|apos|#0?3[49]);'
/** A quotation mark as texts carry it: plain, escaped by backslashes, or encoded. */
export const MARK = `\\\\{0,7}["'\`]|${ENCODED_MARK}`
const OPENER = new RegExp(`(\\\\{0,7})(["'\`])|${ENCODED_MARK}`, 'iy')

export interface Quoted {
  /** Of what stands between the marks. */
  start: number
  end: number
}

/** Reads quoted values of one text, and remembers which marks do not come again. */
export class Quotes {
  private readonly text: string
  /** By mark: from this offset on there is none that closes. */
  private readonly noneFrom = new Map<string, number>()

  constructor(text: string) {
    this.text = text
  }

  /** The value between the mark at `at` and the one that closes it; null when there is no mark. */
  read(at: number): Quoted | null {
    OPENER.lastIndex = at
    const opener = OPENER.exec(this.text)
    if (!opener) return null
    const start = at + opener[0].length
    const end = this.close(opener[0], opener[1]?.length ?? 0, opener[2], start)
    return { start, end: end ?? this.lineEnd(start) }
  }

  private close(
    opener: string,
    escapes: number,
    mark: string | undefined,
    from: number,
  ): number | null {
    if (from >= (this.noneFrom.get(opener) ?? Number.POSITIVE_INFINITY)) return null
    const end =
      mark === undefined ? this.text.indexOf(opener, from) : this.closeMark(mark, escapes, from)
    if (end >= 0) return end
    this.noneFrom.set(opener, Math.min(from, this.noneFrom.get(opener) ?? from))
    return null
  }

  /**
   * A mark inside the quotation is escaped once more than the marks around it; backslashes of the
   * value itself come in multiples. So the closing one has `escapes` modulo twice that and two.
   */
  private closeMark(mark: string, escapes: number, from: number): number {
    for (let at = this.text.indexOf(mark, from); at >= 0; at = this.text.indexOf(mark, at + 1)) {
      let backslashes = 0
      while (at - backslashes > from && this.text[at - backslashes - 1] === '\\') backslashes += 1
      if (backslashes % (2 * (escapes + 1)) === escapes) return at - escapes
      if (backslashes < escapes) return at - backslashes // the enclosing text ends here
    }
    return -1
  }

  /** Where a quotation that was cut ends. */
  private lineEnd(from: number): number {
    const end = this.text.slice(from, from + LINE_CHARACTERS_MAX).search(/[\r\n]/)
    return end < 0 ? Math.min(this.text.length, from + LINE_CHARACTERS_MAX) : from + end
  }
}

const LINE_CHARACTERS_MAX = 8192
