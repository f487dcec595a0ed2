import { parseEnvelope } from '../../workers/domain/envelope/parse-envelope.ts'
import type { Random } from './random.ts'

/** Bytes that have meant something to somebody's parser. */
const ODD_BYTES = [0x00, 0x0a, 0x0d, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x2c, 0x80, 0xc0, 0xff]
/** Values that have been taken for what they are not. */
const ODD_VALUES = [
  'null',
  'true',
  '-1',
  '1e999',
  '9007199254740993',
  '""',
  '[]',
  '{}',
  '[[[[[[[[]]]]]]]]',
  '{"__proto__":{"a":1}}',
  '{"constructor":null}',
  '"\\ud800"',
  '"\\u0000"',
  '"1970-13-45T99:99:99Z"',
]
const ODD_KEYS = ['__proto__', 'constructor', 'values', 'type', 'length', '']
const ODD_TYPES = ['event', 'attachment', 'session', 'span', 'log', 'user_report', 'feedback', '']

/** An envelope in the pieces that mutations move: text as Latin-1, so that every byte survives. */
interface Pieces {
  header: string
  items: { header: string; payload: string }[]
}

/**
 * A recorded envelope under another event id, broken: first in what it says, its lengths told anew so that
 * it is read on; then, one time in three, in its bytes.
 */
export function mutateEnvelope(recorded: Buffer, random: Random, eventId: string): Buffer {
  const pieces = takeApart(withEventId(recorded, eventId))
  const times = 1 + random.below(3)
  for (let i = 0; i < times; i += 1) changePieces(pieces, random)
  const bytes = putTogether(pieces, random)
  return random.below(3) === 0 ? random.of(DAMAGES)(bytes, random) : bytes
}

/** Recordings are sent again and again: their own ids would all be duplicates. */
function withEventId(bytes: Buffer, eventId: string): Buffer {
  const text = bytes.toString('latin1')
  return Buffer.from(text.replace(/("event_id":\s?")[0-9a-f]{32}/g, `$1${eventId}`), 'latin1')
}

function takeApart(bytes: Buffer): Pieces {
  const envelope = parseEnvelope(bytes)
  if (!envelope.ok) throw new Error(`a recording is no envelope: ${envelope.error.reason}`)
  const [header = ''] = bytes.toString('latin1').split('\n', 1)
  const items = envelope.value.items.map((item) => {
    const { length: _, ...rest } = item.header
    return { header: JSON.stringify(rest), payload: Buffer.from(item.payload).toString('latin1') }
  })
  return { header, items }
}

/** Every other item without a length, where its payload is one line. */
function putTogether({ header, items }: Pieces, random: Random): Buffer {
  const parts = items.map((item) => {
    const isOneLine = !item.payload.includes('\n') && random.below(2) === 0
    const length = `"length":${item.payload.length}`
    const line = isOneLine ? item.header : item.header.replace(/}\s*$/, `,${length}}`)
    return `${line.replace('{,', '{')}\n${item.payload}\n`
  })
  return Buffer.from(`${header}\n${parts.join('')}`, 'latin1')
}

function changePieces(pieces: Pieces, random: Random): void {
  const { items } = pieces
  if (items.length === 0 || random.below(12) === 0) {
    pieces.header = changeValue(pieces.header, random)
    return
  }
  const item = random.of(items)
  switch (random.below(10)) {
    case 0:
      item.header = changeValue(item.header, random)
      return
    case 1:
      item.header = item.header.replace(/"type":"\w+"/, `"type":"${random.of(ODD_TYPES)}"`)
      return
    case 2:
      items.splice(random.below(items.length + 1), 0, { ...item })
      return
    case 3:
      item.payload = renameKey(item.payload, random)
      return
    default:
      item.payload = changeValue(item.payload, random)
  }
}

/** Replaces one plain JSON value somewhere by an odd one. */
function changeValue(text: string, random: Random): string {
  const values = [...text.matchAll(/(":\s?)("[^"\\\n]*"|-?\d+(?:\.\d+)?|true|false|null)/g)]
  if (values.length === 0) return text
  const { index, 0: whole, 1: colon } = random.of(values)
  const end = index + whole.length
  return `${text.slice(0, index)}${colon}${random.of(ODD_VALUES)}${text.slice(end)}`
}

function renameKey(text: string, random: Random): string {
  const keys = [...text.matchAll(/"\w+":/g)]
  if (keys.length === 0) return text
  const { index, 0: key } = random.of(keys)
  return `${text.slice(0, index)}"${random.of(ODD_KEYS)}":${text.slice(index + key.length)}`
}

/** What can happen to bytes on their way. */
const DAMAGES: ((bytes: Buffer, random: Random) => Buffer)[] = [
  function changeBytes(bytes, random) {
    const copy = Buffer.from(bytes)
    const times = 1 + random.below(8)
    for (let i = 0; i < times && copy.length > 0; i += 1) {
      copy[random.below(copy.length)] = random.of(ODD_BYTES)
    }
    return copy
  },
  function cutOff(bytes, random) {
    return bytes.subarray(0, random.below(bytes.length + 1))
  },
  function cutOut(bytes, random) {
    const from = random.below(bytes.length + 1)
    const until = Math.min(bytes.length, from + 1 + random.below(64))
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(until)])
  },
  function insertBytes(bytes, random) {
    const at = random.below(bytes.length + 1)
    const more = Buffer.from(Array.from({ length: 1 + random.below(16) }, () => random.below(256)))
    return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
  },
]
