import type { Notes } from '../schema/notes.ts'
import { countCharacters } from '../text.ts'
import type { Draft } from './draft.ts'

/** Longest logger (spec/event-processing.md §2.1, §3.8). */
const LOGGER_CHARS_MAX = 64

/** Java loggers are class names: of a long one the end tells most, cut at a package. */
export function shortenLogger(event: Draft, notes: Notes): void {
  if (event.platform !== 'java' || !event.logger) return
  const logger = event.logger.trim()
  if (logger.length <= LOGGER_CHARS_MAX) {
    event.logger = logger
    return
  }
  const tail = logger.slice(-(LOGGER_CHARS_MAX - 1))
  const dot = tail.indexOf('.')
  event.logger = `*${dot === -1 ? tail : tail.slice(dot)}`
  notes.at(['logger'], () => {
    notes.remark('@logger:replace', 's', [0, 1])
    notes.originalLength(countCharacters(logger))
  })
}
