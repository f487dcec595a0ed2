/** Release, environment, dist and logger: names that other things hang on (spec §2.2). */
import type { Notes } from '../schema/notes.ts'
import { type Draft, isBlank } from './draft.ts'

/** spec/event-processing.md §2.1: bytes of UTF-8. */
const RELEASE_BYTES_MAX = 200
const ENVIRONMENT_BYTES_MAX = 64
const DIST_CHARS_MAX = 64

/** They would break paths, addresses and lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is for
const FORBIDDEN = /[/\\\u0000-\u001f\u007f]/

export function checkNames(event: Draft, notes: Notes): void {
  checkRelease(event, notes)
  checkEnvironment(event, notes)
  checkDist(event, notes)
  if (event.logger && /[\r\n]/.test(event.logger)) {
    event.logger = refuse('logger', 'invalid character', event.logger, notes)
  }
}

function checkRelease(event: Draft, notes: Notes): void {
  if (typeof event.release !== 'string') return
  const release = event.release.trim()
  const isReserved = release === '' || /^(?:\.{1,2}|latest)$/i.test(release)
  if (isReserved || FORBIDDEN.test(release)) {
    event.release = refuse('release', 'invalid release name', event.release, notes)
  } else if (isLongerThan(release, RELEASE_BYTES_MAX)) {
    event.release = refuseLength('release', notes)
  } else {
    event.release = release
  }
}

function checkEnvironment(event: Draft, notes: Notes): void {
  if (typeof event.environment !== 'string') return
  const environment = event.environment.trim()
  if (environment === '') {
    event.environment = null
  } else if (/^(?:\.{1,2}|none)$/i.test(environment) || FORBIDDEN.test(environment)) {
    event.environment = refuse('environment', 'invalid environment', event.environment, notes)
  } else if (isLongerThan(environment, ENVIRONMENT_BYTES_MAX)) {
    event.environment = refuseLength('environment', notes)
  } else {
    event.environment = environment
  }
}

function checkDist(event: Draft, notes: Notes): void {
  const dist = event.dist?.trim()
  if (dist === undefined) return
  const stray = /[^a-zA-Z0-9_.-]/u.exec(dist)
  if (isBlank(dist)) event.dist = null
  else if (stray) event.dist = refuse('dist', strayCharacter(stray[0]), event.dist, notes)
  else if (dist.length > DIST_CHARS_MAX) event.dist = refuseLength('dist', notes)
  else event.dist = dist
}

/** The reason of a value that has a character its field may not have. */
export function strayCharacter(character: string): string {
  return `invalid character '${character}'`
}

function refuse(field: string, reason: string, original: unknown, notes: Notes): null {
  return notes.at([field], () => notes.invalid(reason, original))
}

function refuseLength(field: string, notes: Notes): null {
  notes.at([field], () => notes.error('value_too_long'))
  return null
}

function isLongerThan(text: string, bytesMax: number): boolean {
  if (text.length > bytesMax) return true
  return text.length * 3 > bytesMax && new TextEncoder().encode(text).length > bytesMax
}
