/** Half-open, in UTF-16 units of the text that was searched. */
export type Range = readonly [start: number, end: number]

/** Finds ranges in order, none overlapping, in time linear in the text. */
export type Find = (text: string) => readonly Range[]

/** What becomes of what a rule hits (spec/event-processing.md §5.2). */
export type Redaction =
  | { readonly method: 'remove' }
  | { readonly method: 'mask' }
  | { readonly method: 'hash'; readonly key: string }
  | { readonly method: 'replace'; readonly text: string }

export type Method = Redaction['method']

/** What a rule hits: everything, parts of a text, or the whole value of a telling key or text. */
export type Match =
  | { readonly kind: 'anything' }
  | { readonly kind: 'parts'; readonly find: Find }
  | {
      readonly kind: 'pair'
      readonly isKey: (key: string) => boolean
      readonly isText: (text: string) => boolean
    }

export interface Rule {
  /** The name in remarks and previews: `@password:filter`, `project:mine`, `picket:api-tokens`. */
  readonly id: string
  readonly match: Match
  readonly redaction: Redaction
  /** Features (./features.ts) without which a text cannot be hit; 0 to look at every text. */
  readonly needs: number
}

/** The text of every `:filter` rule, and of a custom replacement that names none. */
export const FILTERED = '[Filtered]'

export const NOWHERE: readonly Range[] = []
