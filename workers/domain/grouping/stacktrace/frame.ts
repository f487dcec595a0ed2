import type { Frame } from '#domain/event/event.ts'
import { type FrameFacts, UNKNOWN } from '../enhancement/rule.ts'
import { trimFunctionName } from '../function-name/trim-function-name.ts'
import { normalizePath } from '../glob/glob.ts'
import { type PlatformFamily, platformFamily } from '../platform-family.ts'

/** A frame made ready for grouping: its name trimmed, every field a text or null. */
export interface GroupingFrame {
  /** Where it stands in its stack trace, counting those that could not be read. */
  index: number
  platform: string
  family: PlatformFamily
  function: string | null
  rawFunction: string | null
  module: string | null
  filename: string | null
  absPath: string | null
  package: string | null
  contextLine: string | null
  lineno: unknown
  colno: unknown
  /** Whether a source map led to its place. */
  isMapped: boolean
  /** What the client said. */
  clientInApp: boolean | null
  /** What rules see, and change. */
  facts: FrameFacts
  inApp: boolean
  /** The rule that decided about `inApp`, or null. */
  inAppRule: string | null
}

export function readFrame(frame: Frame, index: number, eventPlatform: string): GroupingFrame {
  const platform = text(frame.platform) ?? eventPlatform
  const family = platformFamily(platform)
  const names = readNames(frame, platform)
  const sentFilename = text(frame.filename)
  const filename =
    platform === 'javascript' && sentFilename ? withoutQuery(sentFilename) : sentFilename
  const absPath = text(frame.abs_path)
  const clientInApp = readInApp(frame)
  return {
    index,
    platform,
    family,
    ...names,
    module: text(frame.module),
    filename,
    absPath,
    package: text(frame.package),
    contextLine: text(frame.context_line),
    lineno: frame.lineno ?? null,
    colno: frame.colno ?? null,
    isMapped: (frame.data?.['sourcemap'] ?? null) !== null,
    clientInApp,
    facts: {
      function: names.function ?? UNKNOWN,
      module: text(frame.module),
      path: normalizedPath(absPath ?? filename),
      package: normalizedPath(text(frame.package)),
      family,
      category: text(frame.data?.['category']),
      inApp: clientInApp,
    },
    inApp: clientInApp ?? false,
    inAppRule: null,
  }
}

/** A raw name from the client says that the other is trimmed already. */
function readNames(
  frame: Frame,
  platform: string,
): { function: string | null; rawFunction: string | null } {
  const [name, rawFunction] = [text(frame.function), text(frame.raw_function)]
  if (name === null || rawFunction !== null) return { function: name, rawFunction }
  const trimmed = trimFunctionName(name, platform)
  return { function: trimmed || null, rawFunction: trimmed === name ? null : name }
}

/** What an earlier run replaced comes first: 1, 0 or -1 for unknown. */
function readInApp(frame: Frame): boolean | null {
  const original = frame.data?.['orig_in_app']
  if (typeof original === 'number') return original === -1 ? null : original !== 0
  return typeof frame.in_app === 'boolean' ? frame.in_app : null
}

function withoutQuery(filename: string): string {
  const query = filename.indexOf('?')
  if (query < 0) return filename
  const fragment = filename.indexOf('#', query)
  return filename.slice(0, query) + (fragment < 0 ? '' : filename.slice(fragment))
}

function normalizedPath(path: string | null): string | null {
  return path === null ? null : normalizePath(path)
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
