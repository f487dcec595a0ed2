/**
 * What a selector's `$type` can name (spec/event-processing.md §5.5), each a bit, so that a place
 * can be several at once.
 */
export const VALUE_TYPE = {
  string: 1 << 0,
  binary: 1 << 1,
  number: 1 << 2,
  boolean: 1 << 3,
  datetime: 1 << 4,
  array: 1 << 5,
  object: 1 << 6,
  event: 1 << 7,
  attachments: 1 << 8,
  replay: 1 << 9,
  exception: 1 << 10,
  stacktrace: 1 << 11,
  frame: 1 << 12,
  request: 1 << 13,
  user: 1 << 14,
  logentry: 1 << 15,
  message: 1 << 16,
  thread: 1 << 17,
  breadcrumb: 1 << 18,
  log: 1 << 19,
  trace_metric: 1 << 20,
  span: 1 << 21,
  sdk: 1 << 22,
  minidump: 1 << 23,
  heap_memory: 1 << 24,
  stack_memory: 1 << 25,
} as const

/** Types every value has one of; a selector that says no more than this is a broad one. */
export const BROAD_TYPES =
  VALUE_TYPE.string |
  VALUE_TYPE.binary |
  VALUE_TYPE.number |
  VALUE_TYPE.boolean |
  VALUE_TYPE.datetime |
  VALUE_TYPE.array |
  VALUE_TYPE.object

const SYNONYMS: [name: string, type: keyof typeof VALUE_TYPE][] = [
  ['bool', 'boolean'],
  ['list', 'array'],
  ['error', 'exception'],
  ['stack', 'stacktrace'],
  ['http', 'request'],
]

const BY_NAME = new Map<string, number>([
  ...Object.entries(VALUE_TYPE),
  ...SYNONYMS.map(([name, type]): [string, number] => [name, VALUE_TYPE[type]]),
])

/** The bit of a type's name or synonym, whatever its case; undefined when there is no such type. */
export function valueTypeNamed(name: string): number | undefined {
  return BY_NAME.get(name.toLowerCase())
}
