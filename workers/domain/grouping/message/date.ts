import { SPACE, WORD } from './characters.ts'

/**
 * The ways to write a date or a time that become `<date>`, in the order they are tried
 * (spec/grouping.md §9). Where Sentry lets a bracket run on for ever we stop at a bound, so that an
 * opening bracket without its partner costs a constant.
 */
const day = '(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)'
const longDay = '(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const zoneName = '(?:UT|GMT|[ECMP][SD]T|[A-IK-Z])'
const d = '\\p{Nd}'
const s = `[${SPACE}]`
const zone = `(?:[-+]${d}{2}[0-5]${d}|${zoneName})`
const minute = `[0-5]${d}`
const stamp = `${d}{4}-?[01]${d}-?[0-3]${d}[${SPACE}T][0-2]${d}:?${minute}`
const offset = `(?:[-+][0-2]${d}:?${minute}|Z)`
const clockEnd = `:${minute}(?::${minute})?(?![${d}:])`

const FORMS = [
  `${day},${s}${d}{1,2}${s}${month}${s}${d}{2,4}${s}${d}{1,2}:${d}{1,2}(?::${d}{1,2})?${s}${zone}`,
  `(?:${day}${s})?${month}${s}[0-3]${d},${s}${d}{2,4}`,
  `(?:${day}|${longDay}),${s}${d}{2}-${month}-${d}{2}${s}${d}{2}:${d}{2}:${d}{2}${s}${zoneName}`,
  `${d}{4}-${d}{2}-${d}{2}T${d}{2}:${d}{2}:${d}{2}(?:\\.${d}+)?Z?(?:[-+]?${d}{2}:${d}{2})?`,
  `${day}${s}${month}${s}${d}{2}${s}${d}{4}${s}${d}{2}:${d}{2}:${d}{2}${s}GMT[-+]${d}{4}(?:${s}\\([^)]{1,128}\\))?`,
  `${stamp}:?${minute}\\.${d}+${offset}`,
  `${stamp}:?${minute}${offset}`,
  `${stamp}${offset}`,
  `${stamp}:?${minute}\\.${d}+`,
  `${stamp}:?${minute}`,
  stamp,
  `(?<!${d})(?:[1-9]|1[0-2])${clockEnd}(?:${s}?[aApP][mM])?`,
  `(?<!${d})(?:0?${d}|1${d}|2[0-3])${clockEnd}`,
  `${d}{4}-[01]${d}-[0-3]${d}`,
  `[0-2]${d}:${minute}:${minute}`,
  `(?<![${WORD}])(?:${day}${s}+)?${month}${s}+${d}{1,2}${s}+${d}{2}:${d}{2}:${d}{2}${s}+${d}{4}`,
  `(?<![${WORD}])(?:${day},${s}+)?(?:0[1-9]|[12]?${d}|3[01])${s}+${month}${s}+(?:19${d}{2}|[2-9]${d}{3})${s}+(?:2[0-3]|[01]${d}):${minute}(?::(?:60|${minute}))?${s}+${zone}`,
  'datetime.datetime\\([^\\n)]{0,256}\\)',
]

/** To be asked at one place of a text, by `lastIndex`. */
export const DATE = new RegExp(FORMS.join('|'), 'uy')
