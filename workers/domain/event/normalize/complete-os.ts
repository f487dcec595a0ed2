/** Operating systems, from the one line some SDKs know of them (spec/event-processing.md §3.3). */
import type { Dictionary } from '../own-key.ts'
import { isBlank } from './draft.ts'

interface Os {
  name: string
  version?: string | undefined
  build?: string | undefined
  kernel_version?: string | undefined
}

/** Longer lines are no description. Every pattern below is run on one at most once. */
const DESCRIPTION_CHARS_MAX = 512

export function completeOs(os: Dictionary): void {
  const { name, version, raw_description: description } = os
  if (isBlank(name) && isBlank(version) && typeof description === 'string') {
    const read = readDescription(description.slice(0, DESCRIPTION_CHARS_MAX).trim())
    if (read) fill(os, read)
  }
  if (isBlank(os['name'])) return
  os['os'] = isBlank(os['version']) ? os['name'] : `${os['name']} ${os['version']}`
}

function fill(os: Dictionary, read: Os): void {
  for (const [key, value] of Object.entries(read)) {
    if (value !== undefined && isBlank(os[key])) os[key] = value
  }
}

type Groups = Record<string, string | undefined>

/** The first pattern that fits reads the line. */
const PATTERNS: [pattern: RegExp, read: (groups: Groups) => Os][] = [
  [
    /^(?:Microsoft )?Windows (?:NT )?(?<version>\d+\.\d+\.(?<build>\d+))(?:\.\d+)?/,
    ({ version, build }) => ({
      name: 'Windows',
      version: windowsVersion(Number(build)) ?? version,
      build,
    }),
  ],
  [
    /^(?:macOS|Mac OS X) (?:Version )?(?<version>\d+\.\d+(?:\.\d+)?)(?: \((?:Build )?(?<build>[0-9A-Fa-f]+)\))?/,
    ({ version, build }) => ({ name: 'macOS', version, build }),
  ],
  [
    /^(?<name>iOS|iPadOS|tvOS|watchOS|visionOS) (?:Version )?(?<version>\d+\.\d+(?:\.\d+)?)(?: \((?:Build )?(?<build>[0-9A-Fa-f]+)\))?/,
    ({ name, version, build }) => ({ name: name!, version, build }),
  ],
  [
    /^Android (?:OS )?(?<version>\d+(?:\.\d+){0,2}) \/ API-(?<api>\d+)(?: \((?<build>[^)]*)\))?/,
    ({ version, build }) => ({ name: 'Android', version, build }),
  ],
  [/^Nintendo Switch/, () => ({ name: 'Nintendo OS' })],
  [
    /^Linux (?<kernel>\d+\.\d+(?:\.\d+(?:\.[1-9]\d*)?)?)\S* (?<name>[a-zA-Z]+) (?<version>\d+(?:\.\d+){0,2})/,
    ({ kernel, name, version }) => ({ name: name!, version, kernel_version: kernel }),
  ],
  [
    // uname -a: `Linux host 4.15.0-118-generic #119-Ubuntu SMP …`; `Darwin` likewise
    /^(?<name>Linux|Darwin) (?:\S+ )?(?<version>\d+\.\d+(?:\.\d+(?:\.[1-9]\d*)?)?)(?<build>\S*)/,
    ({ name, version, build }) => ({
      name: name!,
      version: version!,
      kernel_version: `${version}${build ?? ''}`,
    }),
  ],
  [/^(?<name>[a-zA-Z]+) (?<version>\d[\d.-]*)$/, ({ name, version }) => ({ name: name!, version })],
]

function readDescription(description: string): Os | null {
  for (const [pattern, read] of PATTERNS) {
    const groups = pattern.exec(description)
    if (groups) return read(groups.groups ?? {})
  }
  return null
}

/** What Windows is called by its build (spec/event-processing.md §3.3); both ends included. */
const WINDOWS_BUILDS: [first: number, last: number, version: string][] = [
  [2600, 3790, 'XP'],
  [6002, 6002, 'Vista'],
  [7601, 7601, '7'],
  [9200, 9200, '8'],
  [9600, 9600, '8.1'],
  [10240, 19044, '10'],
  [22000, 22999, '11'],
]

function windowsVersion(build: number): string | null {
  const known = WINDOWS_BUILDS.find(([first, last]) => build >= first && build <= last)
  return known?.[2] ?? null
}
