import { parameterize } from '../message/parameterize.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import type { FingerprintFacts } from './facts.ts'

/** A variable's value, and what stands for it where the event has none. */
interface Variable {
  value: string | null
  fallback: string
}

/**
 * Reads the variable of a fingerprint or title; null when there is none of this name. `default` is
 * not among them: it stands for a variant's own values (spec/grouping.md §12.3).
 */
export function readVariable(name: string, facts: FingerprintFacts): Variable | null {
  const last = facts.exceptions.at(-1)
  const frame = () => crashFrame(facts)
  switch (name) {
    case 'message':
      return variable(message(facts, parameterize), '<no-message>')
    case 'raw_message':
      return variable(
        message(facts, (text) => text),
        '<no-message>',
      )
    case 'transaction':
      return variable(facts.subject.event.transaction, '<no-transaction>')
    case 'type':
    case 'error.type':
      return variable(last?.type, '<no-type>')
    case 'value':
    case 'error.value':
    case 'raw_value':
    case 'error.raw_value':
      return variable(last?.value, '<no-value>')
    case 'function':
    case 'stack.function':
      return variable(frame()?.function, '<no-function>')
    case 'path':
    case 'stack.abs_path':
      return variable(frame()?.absPath ?? frame()?.filename, '<no-abs-path>')
    case 'stack.filename':
      return variable(frame()?.filename ?? frame()?.absPath, '<no-filename>')
    case 'module':
    case 'stack.module':
      return variable(frame()?.module, '<no-module>')
    case 'package':
    case 'stack.package':
      return variable(lastSegment(frame()?.package), '<no-package>')
    case 'level':
      return variable(facts.level, '<no-level>')
    case 'logger':
      return variable(facts.logger, '<no-logger>')
    default:
      return name.startsWith('tags.')
        ? variable(facts.tag(name.slice(5)), `<no-value-for-tag-${name.slice(5)}>`)
        : null
  }
}

function variable(value: string | null | undefined, fallback: string): Variable {
  return { value: typeof value === 'string' && value !== '' ? value : null, fallback }
}

function message(facts: FingerprintFacts, form: (text: string) => string): string | null {
  const text = facts.message ?? facts.exceptions.at(-1)?.value
  return text ? form(text) : null
}

/** The last in-app frame, else the last, of what the event is about. */
function crashFrame({ subject }: FingerprintFacts): GroupingFrame | undefined {
  const { exceptions, stacktrace, threads } = subject
  const [thread] = threads.length === 1 ? threads : []
  const traces = [exceptions.at(-1)?.stacktrace, stacktrace, thread?.stacktrace]
  const frames = traces.find((trace) => trace && trace.frames.length > 0)?.frames ?? []
  return frames.findLast(({ inApp }) => inApp) ?? frames.at(-1)
}

function lastSegment(path: string | null | undefined): string | null {
  return path ? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) : null
}
