import type { Meta, MetaTree } from '../event/event.ts'
import { isRemoval, type Removal, takesValue } from './apply-rule.ts'
import type { CompiledScrubbing } from './compile-scrubbing.ts'
import { CARD_MIN, isCardNumber } from './find/numbers.ts'
import { type Hit, pathOf } from './hit.ts'
import { type MarkedText, noteOf, readMarks } from './marked-text.ts'
import { type Place, selects } from './match-selector.ts'
import { isPair, nameIn, optionBefore, Renaming } from './naming.ts'
import { metaOf, type Notes, putNote, treeBelow } from './notes.ts'
import type { Rule } from './rule.ts'
import { scrubEventText } from './scrub-text.ts'
import { TOKEN_COUNT } from './sensitive-words.ts'
import { DATA, type Shape, shapeBelow } from './shape.ts'
import { VALUE_TYPE } from './value-type.ts'

/** Deeper than any event is after normalizing. What lies deeper is not read, so it is not kept. */
export const LEVELS_MAX = 100
const TOO_DEEP: Meta = { err: [['invalid_data', { reason: 'too deep to be scrubbed' }]] }
/** Texts that are never personal data (spec/event-processing.md §5.3). */
const EMPTY_TEXT = /^(?:|true|false|null|undefined)$/

/** What a level of a walk may have besides its key and shape. */
interface LevelDetails {
  /** Its way in `_meta`, where that is not the key. */
  segments?: readonly string[]
  /** The rule that takes it whole. */
  whole?: Rule | null
}

/**
 * One walk over a value: at each place advanced rules come first, then default rules, then ours. The
 * value is not changed; what changes is copied, the rest is shared. The walk is itself the place it
 * stands at, so that it makes nothing on its way through what holds no secret.
 */
export class Scrubber implements Place {
  readonly keys: (string | number)[] = ['']
  readonly types: number[]
  depth = 0
  private readonly shapes: Shape[]
  private readonly details: (LevelDetails | null)[] = [null]

  private readonly rules: CompiledScrubbing
  private readonly notes: Notes
  private readonly hits: Hit[] | null

  constructor(rules: CompiledScrubbing, root: Shape, notes: Notes, hits: Hit[] | null) {
    this.rules = rules
    this.types = [root.type]
    this.shapes = [root]
    this.notes = notes
    this.hits = hits
  }

  /** Goes down one level. */
  enter(key: string | number, shape: Shape, details: LevelDetails | null = null): void {
    this.depth += 1
    this.keys[this.depth] = key
    this.types[this.depth] = shape.type
    this.shapes[this.depth] = shape
    this.details[this.depth] = details
  }

  /**
   * Scrubs a value one level down. `name` is what key rules look at: the key, another word that names
   * the value, or nothing for items of a list.
   */
  child(
    value: unknown,
    key: string | number,
    name: string,
    shape: Shape,
    tree: MetaTree | undefined,
    details: LevelDetails | null = null,
  ): unknown {
    if (value === null || value === undefined || typeof value === 'boolean') return value
    if (!details?.whole && this.passes(value, name, shape)) return value
    this.enter(key, shape, details)
    const result = this.value(value, name, tree)
    this.depth -= 1
    return result
  }

  /** Scrubs the members of an object at this level. `valueName` names its member `value`. */
  members(value: object, tree: MetaTree | undefined, valueName: string | null = null): object {
    const shape = this.shapes[this.depth]!
    const source = value as Record<string, unknown>
    const holdsCookies = shape.special === 'cookies' || this.keys[this.depth] === 'cookies'
    const names = valueName ?? (shape.fields === null ? nameIn(source) : null)
    let changed: Record<string, unknown> | null = null
    let renamed: Renaming | null = null
    for (const key in source) {
      const before = source[key]
      const name = shape.fields?.has(key) ? key : this.rules.cleanKey(key)
      if (name !== key) renamed ??= new Renaming(source)
      const clean = name === key ? key : renamed!.rename(key, name)
      const below = shapeBelow(shape, key)
      const ruleName = key === 'value' && names !== null ? names : clean
      const whole = holdsCookies ? this.rules.cookieRule(clean) : null
      const after = this.child(
        before,
        clean,
        ruleName,
        below,
        treeBelow(tree, key),
        whole && { whole },
      )
      if (after === before) continue
      changed ??= { ...source }
      changed[key] = after
    }
    if (renamed) return renamed.applied(changed ?? source)
    return changed ?? value
  }

  /** Whether no rule can hit: the quick way past most texts and numbers. */
  private passes(value: unknown, name: string, { scope, pii, special }: Shape): boolean {
    const { rules } = this
    const isReached = rules.applications.length > 0 && pii !== 'false'
    if (isReached || special === 'address') return false
    if (typeof value === 'string') {
      return !rules.texts.mayHit(value, scope) && rules.textKeyRule(name, scope, pii) === null
    }
    if (typeof value !== 'number') return false
    return value < CARD_MIN && rules.keyRule(name, scope, pii) === null
  }

  private value(value: unknown, name: string, tree: MetaTree | undefined): unknown {
    switch (typeof value) {
      case 'string':
        return value.length < 10 && EMPTY_TEXT.test(value) ? value : this.text(value, name, tree)
      case 'number':
        return this.number(value, name, tree)
      case 'object':
        return this.container(value as object, name, tree)
      default:
        return null // nothing JSON knows
    }
  }

  private text(value: string, name: string, tree: MetaTree | undefined): string | null {
    const shape = this.shapes[this.depth]!
    this.types[this.depth] = shape.type | VALUE_TYPE.string
    const meta = metaOf(tree)
    // Of the path of a native image only the directory is scrubbed: its name tells which it is.
    const split = shape.special === 'image_path' ? lastSlash(value) : value.length
    const before = this.marked(value.slice(0, split), meta)
    const key = shape.special === 'image_path' ? '' : name
    const after = scrubEventText(
      before,
      { place: this, key, shape, whole: this.whole() },
      this.rules,
    )
    if (after === before) return value
    if (isRemoval(after)) {
      this.noteRemoval(after, meta)
      return split < value.length ? value.slice(split + 1) : null
    }
    const result = after.value + value.slice(split)
    this.noteText(value, { value: result, marks: after.marks }, meta)
    return result
  }

  private number(value: number, name: string, tree: MetaTree | undefined): number | null {
    const shape = this.shapes[this.depth]!
    this.types[this.depth] = shape.type | VALUE_TYPE.number
    const rule = this.takingRule(name) ?? this.numberRule(value, name)
    if (!rule) return value
    this.noteRemoval({ removedBy: rule }, metaOf(tree))
    return null
  }

  private numberRule(value: number, name: string): Rule | null {
    if (this.rules.isSafe?.(this)) return null
    const { scope, pii } = this.shapes[this.depth]!
    const isCount = this.rules.knowsTokenCounts && TOKEN_COUNT.test(name)
    const keyRule = isCount ? null : this.rules.keyRule(name, scope, pii)
    if (keyRule) return keyRule
    const isData = scope === 'data' || scope === 'open'
    return isData && isCardNumber(value) ? this.rules.cardNumberRule : null
  }

  private container(value: object, name: string, tree: MetaTree | undefined): object | null {
    if (this.depth > LEVELS_MAX) {
      putNote(this.notes, this.metaPath(), TOO_DEEP, true)
      return null
    }
    const given = this.shapes[this.depth]!
    const shape = given.choose ? given.choose(value) : given
    this.shapes[this.depth] = shape
    this.types[this.depth] =
      shape.type | (Array.isArray(value) ? VALUE_TYPE.array : VALUE_TYPE.object)
    const rule = this.takingRule(name) ?? this.containerRule(name, shape)
    if (rule) {
      this.noteRemoval({ removedBy: rule }, metaOf(tree))
      return null
    }
    if (Array.isArray(value)) return this.list(value, shape, tree)
    const valueName = this.shapes[this.depth - 1]!.special === 'attributes' ? name : null
    return this.members(value, tree, valueName)
  }

  private containerRule(name: string, { scope, pii }: Shape): Rule | null {
    return this.rules.isSafe?.(this) ? null : this.rules.keyRule(name, scope, pii)
  }

  private list(items: unknown[], shape: Shape, tree: MetaTree | undefined): unknown[] {
    const isPairs = shape.special === 'pairs' || shape.special === 'cookies'
    if (!isPairs && isPair(items) && shape.fields === null) {
      return this.pair(items, shape, tree, ['1'], null)
    }
    let changed: unknown[] | null = null
    for (let index = 0; index < items.length; index += 1) {
      const before = items[index]
      const after = isPairs
        ? this.pairItem(before, index, shape, tree)
        : this.item(before, index, optionBefore(items, index), shape, tree)
      if (after === before) continue
      changed ??= [...items]
      changed[index] = after
    }
    return changed ?? items
  }

  private item(
    value: unknown,
    index: number,
    name: string,
    shape: Shape,
    tree: MetaTree | undefined,
  ): unknown {
    return this.child(value, index, name, shape.rest, tree && treeBelow(tree, String(index)))
  }

  private pairItem(
    item: unknown,
    index: number,
    shape: Shape,
    tree: MetaTree | undefined,
  ): unknown {
    if (!Array.isArray(item) || !isPair(item)) return this.item(item, index, '', shape, tree)
    const whole = shape.special === 'cookies' ? this.rules.cookieRule(item[0]) : null
    const below = tree && treeBelow(tree, String(index))
    // Where a note stands there was a value, which an earlier scrubbing took.
    const isNameless = shape.special === 'cookies' && !item[1] && !treeBelow(below, '1')
    if (isNameless) return this.cookieText(item, index, below)
    return this.pair(item, shape, below, [String(index), '1'], whole)
  }

  /** What stands among cookies without a value has no name: it is all value. */
  private cookieText(
    item: [string, unknown],
    index: number,
    tree: MetaTree | undefined,
  ): unknown[] {
    const details = { segments: [String(index), '0'], whole: this.rules.cookieHeaderRule }
    const text = this.child(item[0], index, '', DATA, treeBelow(tree, '0'), details)
    return text === item[0] ? item : [text, item[1]]
  }

  /** A value under the key before it, wherever two such stand together. */
  private pair(
    pair: [string, unknown],
    shape: Shape,
    tree: MetaTree | undefined,
    segments: readonly string[],
    whole: Rule | null,
  ): unknown[] {
    const [key, before] = pair
    const clean = this.rules.cleanKey(key)
    const below = shapeBelow(shape, key.toLowerCase())
    const after = this.child(before, clean, clean, below, treeBelow(tree, '1'), { segments, whole })
    return clean === key && after === before ? pair : [clean, after]
  }

  /** The first advanced rule that takes a number or container here. */
  private takingRule(name: string): Rule | null {
    const { pii } = this.shapes[this.depth]!
    const applications = pii === 'false' ? [] : this.rules.applications
    for (const { selector, rules } of applications) {
      const rule = rules.find((each) => takesValue(each, name))
      if (rule && selects(selector, this, pii)) return rule
    }
    return this.whole()
  }

  private whole(): Rule | null {
    const { special } = this.shapes[this.depth]!
    return (
      this.details[this.depth]?.whole ?? (special === 'address' ? this.rules.addressRule : null)
    )
  }

  private marked(value: string, meta: Meta | undefined): MarkedText {
    return meta ? readMarks(value, meta, this.rules.knownTexts) : { value, marks: [] }
  }

  private noteText(before: string, after: MarkedText, meta: Meta | undefined): void {
    const note = noteOf(before, after, meta)
    putNote(this.notes, this.metaPath(), note, false)
    if (!this.hits) return
    const remarks = note.rem!.slice(note.rem!.length - after.marks.length)
    for (const [index, { ruleId, type, isOld }] of after.marks.entries()) {
      const [start, end] = remarks[index]!.slice(2) as [number, number]
      if (!isOld) this.hits.push({ path: this.path(), ruleId, type, range: [start, end] })
    }
  }

  private noteRemoval({ removedBy }: Removal, meta: Meta | undefined): void {
    const ruleId = removedBy.id
    const kept = Array.isArray(meta?.rem) ? meta.rem : []
    const note = { ...meta, rem: [...kept, [ruleId, 'x']] }
    putNote(this.notes, this.metaPath(), note, true)
    this.hits?.push({ path: this.path(), ruleId, type: 'x', range: null })
  }

  private path(): string {
    return pathOf(this.keys.slice(1, this.depth + 1))
  }

  private metaPath(): string[] {
    const levels = this.keys.slice(0, this.depth + 1)
    return levels
      .slice(1)
      .flatMap((key, index) => this.details[index + 1]?.segments ?? [String(key)])
  }
}

function lastSlash(path: string): number {
  return Math.max(0, path.lastIndexOf('/'), path.lastIndexOf('\\'))
}
