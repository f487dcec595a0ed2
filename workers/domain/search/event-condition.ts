import { matchTextPattern, type TextPattern } from './text-pattern.ts'

/** What a search asks of an event, as plain data: it travels to the object that has the events. */
export type EventCondition =
  | { kind: 'all'; nodes: EventCondition[] }
  | { kind: 'any'; nodes: EventCondition[] }
  | { kind: 'not'; node: EventCondition }
  /** One of the patterns fits; `fold` compares without case. */
  | { kind: 'matches'; field: EventField; patterns: TextPattern[]; fold: boolean }
  | { kind: 'has'; field: EventField }

/** A field of the event index, or a tag by name. */
export type EventField =
  | 'environment'
  | 'release'
  | 'level'
  | 'platform'
  | 'title'
  | 'user'
  | 'trace'
  | 'id'
  | { tag: string }

/** What the index knows of an event. Tags are read only when a condition asks for one. */
export interface SearchableEvent {
  fields: Record<Exclude<EventField, object>, string | null>
  tag: (key: string) => string | null
}

export function matchEvent(event: SearchableEvent, condition: EventCondition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.nodes.every((node) => matchEvent(event, node))
    case 'any':
      return condition.nodes.some((node) => matchEvent(event, node))
    case 'not':
      return !matchEvent(event, condition.node)
    case 'has':
      return (fieldValue(event, condition.field) ?? '') !== ''
    case 'matches': {
      const value = fieldValue(event, condition.field)
      if (value === null) return false
      const text = condition.fold ? value.toLowerCase() : value
      return condition.patterns.some((pattern) => matchTextPattern(text, pattern))
    }
  }
}

function fieldValue(event: SearchableEvent, field: EventField): string | null {
  return typeof field === 'object' ? event.tag(field.tag) : event.fields[field]
}
