import { type Component, component } from '../component/component.ts'
import type { StrategyOutcome } from '../newstyle/strategy.ts'
import type { Subject } from '../newstyle/subject.ts'
import type { PreparedStacktrace } from '../stacktrace/prepare-stacktrace.ts'
import { cleanFilename } from './clean-filename.ts'
import { cleanMessage } from './clean-message.ts'

/** Frames looked at from the crash backwards; the rest is the way there. */
const FRAMES_MAX = 10

/**
 * Events without anything that counts: frames of scripts in blobs, made-up types, bare levels. What
 * they still say is better than one issue for all of them.
 */
export function lastResort(subject: Subject): StrategyOutcome {
  const { event, platform, exceptions, stacktrace, threads } = subject
  const traces = [...exceptions, ...threads].map(({ stacktrace }) => stacktrace)
  const details = [
    ...exceptions.flatMap(({ exception }) => [
      detail('type', exception.type),
      detail('mechanism', exception.mechanism?.type),
    ]),
    ...[...traces, stacktrace].flatMap(frameDetails),
    detail('transaction', event.transaction ?? event['culprit'], cleanMessage),
    detail('method', event.request?.method),
    detail('path', event.request?.url, (url) => cleanMessage(pathOf(url))),
    detail('logger', event.logger),
    detail('platform', platform),
    detail('level', event.level),
  ]
  const known = details.filter((found) => found !== null)
  return { variants: { default: component('event', known) } }
}

function frameDetails(trace: PreparedStacktrace | null): (Component | null)[] {
  const frames = trace?.frames.slice(-FRAMES_MAX) ?? []
  return frames.flatMap(({ function: name, module, filename, absPath, package: library }) => [
    detail('function', name),
    detail('module', module),
    detail('file', filename ?? absPath, (path) => cleanMessage(cleanFilename(lastSegment(path)))),
    detail('package', library, lastSegment),
  ])
}

/** Named, so that a logger is never taken for a module. */
function detail(
  name: string,
  value: unknown,
  clean: (text: string) => string = (text) => text,
): Component | null {
  if (typeof value !== 'string' || value === '') return null
  return component('detail', [`${name}: ${clean(value)}\n`])
}

function lastSegment(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function pathOf(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')
}
