import type { Frame, PicketEvent, Stacktrace, Values } from '#domain/event/event.ts'
import type { FrameChange } from './frame-change.ts'

/** The event with its frames as grouping sees them; what does not change is shared, not copied. */
export function applyFrameChanges(event: PicketEvent, changes: FrameChange[]): PicketEvent {
  if (changes.length === 0) return event
  const at = (kind: 'exception' | 'thread') => (index: number) =>
    changes.filter(({ place }) => place.in === kind && place.index === index)
  const own = changes.filter(({ place }) => place.in === 'event')
  return {
    ...event,
    ...(event.exception && { exception: changeValues(event.exception, at('exception')) }),
    ...(event.threads && { threads: changeValues(event.threads, at('thread')) }),
    ...(event.stacktrace && { stacktrace: changeStacktrace(event.stacktrace, own) }),
  }
}

function changeValues<Value extends { stacktrace?: Stacktrace | null }>(
  list: Values<Value>,
  changesAt: (index: number) => FrameChange[],
): Values<Value> {
  const values = list.values?.map((value, index) =>
    value?.stacktrace
      ? { ...value, stacktrace: changeStacktrace(value.stacktrace, changesAt(index)) }
      : value,
  )
  return values ? { ...list, values } : list
}

function changeStacktrace(stacktrace: Stacktrace, changes: FrameChange[]): Stacktrace {
  if (changes.length === 0 || !stacktrace.frames) return stacktrace
  const frames: (Frame | null)[] = [...stacktrace.frames]
  for (const { index, fields } of changes) {
    const frame = frames[index]
    if (frame) frames[index] = { ...frame, ...fields }
  }
  return { ...stacktrace, frames }
}
