import { type Kind, matchAt } from '../message/kind.ts'

/**
 * Numbers, hex and ids, one kind for all: whether an id happens to consist of digits only must not
 * split an issue. Read where a word or a part of one (`order_4711`, `user4711`) begins.
 */

const ALNUM = '\\p{L}\\p{N}'
const before = `(?<![${ALNUM}])`
const end = `(?![${ALNUM}])`
const hex = '[0-9a-fA-F]'

/** `-1`, `1,234.5`, `1.2.3`, `1e-7`. */
const NUMBER = `-?(?:\\p{Nd}{1,3}(?:,\\p{Nd}{3})+|\\p{Nd}+)(?:\\.\\p{Nd}+)*(?:[eE][-+]?\\p{Nd}+)?${end}`
const PREFIXED_HEX = `0[xX]${hex}+${end}`
/** Four and more of one case, with a digit and a letter; but `E1234` is the code of an error. */
const LOWER_HEX = '(?=[0-9]*[a-f])[0-9a-f]{4,128}'
const UPPER_HEX = `(?=[0-9]*[A-F])(?![A-F]{1,3}[0-9]{1,5}${end})[0-9A-F]{4,128}`
const BARE_HEX = `-?(?=${hex}*[0-9])(?:${LOWER_HEX}|${UPPER_HEX})${end}`
const WORDS = matchAt(new RegExp(`${before}(?:${PREFIXED_HEX}|${NUMBER}|${BARE_HEX})`, 'uy'))

/** Letters and digits mixed as no name mixes them: `V1StGXR8`, `01ARZ3NDEKTSV4RR`. */
const MIXED = matchAt(
  new RegExp(`${before}(?=[A-Za-z]*[0-9]+[A-Za-z]+[0-9])[A-Za-z0-9]{8,128}${end}`, 'uy'),
)
/** The digits at the end of a word in small letters, three at least: `user4711`, not `E1234`. */
const TAIL = matchAt(new RegExp(`(?<=${before}[a-z]{2,16})[0-9]{3,64}${end}`, 'uy'))

/** Words whose number is part of the name: `sha_256`, `utf16`. */
const TECHNICAL =
  /(?:^|[^a-zA-Z0-9])(?:utf|sha|md|base|int|uint|float|rsa|aes|es|iso|cp|latin|windows|win|http|ipv|h|mp|log|x|arm|amd|i|python|node|java|php|ruby|x86)_?$/i

const WORD_CHARACTERS_MAX = 16

export const matchValue: Kind['match'] = (scan, at) => {
  const whole = WORDS(scan, at)
  if (whole > at) return isTechnical(scan.text, at) ? -1 : whole
  const mixed = MIXED(scan, at)
  if (mixed > at) return mixed
  const tail = TAIL(scan, at)
  return tail > at && !isTechnical(scan.text, at) ? tail : -1
}

/** Whether the word before a number makes it a name. A number by itself or after a blank is none. */
function isTechnical(text: string, at: number): boolean {
  const previous = text[at - 1]
  if (previous === undefined || !/[a-zA-Z_]/.test(previous)) return false
  return TECHNICAL.test(text.slice(Math.max(0, at - WORD_CHARACTERS_MAX), at))
}
