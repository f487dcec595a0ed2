import type { Breadcrumb, Event, ExceptionValue, Frame, RequestData } from '#contract/event.ts'

/** The body of an entry of this kind; fails when the event has none. */
export function entry<Data>(event: Event, type: string): Data {
  const found = event.entries.find((candidate) => candidate.type === type)
  if (!found) {
    const types = event.entries.map((candidate) => candidate.type).join(', ')
    throw new Error(`the event has no ${type} entry, only: ${types}`)
  }
  return found.data as Data
}

/** The event's exceptions, cause first. */
export function exceptions(event: Event): ExceptionValue[] {
  const { values } = entry<{ values: ExceptionValue[] }>(event, 'exception')
  return values
}

/** Frames of the last exception, outermost call first. */
export function frames(event: Event): Frame[] {
  const list = exceptions(event).at(-1)?.stacktrace?.frames ?? []
  return list.filter((frame) => frame !== null)
}

/** The innermost frame of this function. */
export function frameOf(event: Event, name: string): Frame {
  const found = frames(event).findLast((frame) => frame.function === name)
  if (!found) {
    const names = frames(event).map((frame) => frame.function)
    throw new Error(`no frame is called ${name}, only: ${names.join(', ')}`)
  }
  return found
}

/** The source line a frame shows as its own, without indentation. */
export function sourceLine(frame: Frame): string | undefined {
  const context = (frame.context ?? []) as [number, string][]
  return context.find(([line]) => line === frame.lineNo)?.[1].trim()
}

export function tags(event: Event): Record<string, string | null> {
  return Object.fromEntries(event.tags.map(({ key, value }) => [key, value]))
}

export function request(event: Event): RequestData {
  return entry(event, 'request')
}

export function breadcrumbs(event: Event): Breadcrumb[] {
  return entry<{ values: Breadcrumb[] }>(event, 'breadcrumbs').values
}
