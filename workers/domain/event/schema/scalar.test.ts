import { describe, expect, it } from 'vitest'

import { Notes } from './notes.ts'
import {
  address,
  boolean,
  jsonString,
  lenientString,
  level,
  type Reader,
  signed,
  spanId,
  string,
  threadId,
  traceId,
  unsigned,
  uuid,
} from './scalar.ts'
import { spanStatus } from './span-status.ts'
import { timestamp } from './timestamp.ts'

/** What is read, and the reason where nothing is. */
function read(reader: Reader<unknown>, value: unknown): [unknown, unknown] {
  const notes = new Notes()
  const result = reader(value, notes)
  const error = notes.tree['']?.err?.[0]
  return [result, Array.isArray(error) ? error[1]['reason'] : null]
}

describe('scalars', () => {
  it.each<[Reader<unknown>, unknown, unknown]>([
    [string, 'a', 'a'],
    [lenientString, true, 'True'],
    [lenientString, false, 'False'],
    [lenientString, 42, '42'],
    [lenientString, -7.9, '-7'],
    [jsonString, { a: [1] }, '{"a":[1]}'],
    [jsonString, 'a', 'a'],
    [boolean, false, false],
    [unsigned, 0, 0],
    [signed, -1, -1],
    [level, 'critical', 'fatal'],
    [level, 10, 'debug'],
    [threadId, 'main', 'main'],
    [threadId, 7, 7],
    [uuid, '4C79F60C-1121-4EB3-8604-F4AE0781BFB2', '4c79f60c11214eb38604f4ae0781bfb2'],
    [traceId, '4C79F60C11214EB38604F4AE0781BFB2', '4c79f60c11214eb38604f4ae0781bfb2'],
    [spanId, 'FA90FDEAD5F74052', 'fa90fdead5f74052'],
    [address, '0X00FF', '0xff'],
    [address, '255', '0xff'],
    [address, 255, '0xff'],
    [address, '18446744073709551615', '0xffffffffffffffff'],
    [spanStatus, 'success', 'ok'],
    [spanStatus, 16, 'unauthenticated'],
    [spanStatus, 'failure', 'internal_error'],
    [timestamp, 1_600_000_000.1234567, 1_600_000_000.123457],
    [timestamp, '2020-09-13T12:26:40Z', 1_600_000_000],
    [timestamp, '2020-09-13T12:26:40', 1_600_000_000],
    [timestamp, '2020-09-13 14:26:40.5+02:00', 1_600_000_000.5],
    [timestamp, '2025-03-06T10:19:51.132514327Z', 1_741_256_391.132514],
    [timestamp, -1, -1],
  ])('%o reads %j as %j', (reader, value, expected) => {
    expect(read(reader, value)).toEqual([expected, null])
  })

  it.each<[Reader<unknown>, unknown, string]>([
    [string, 1, 'expected a string'],
    [lenientString, 2 ** 53, 'expected a number with JSON precision'],
    [lenientString, [], 'expected a primitive value'],
    [boolean, 'true', 'expected a boolean'],
    [unsigned, -1, 'expected an unsigned integer'],
    [unsigned, '1', 'expected an unsigned integer'],
    [signed, 1.5, 'expected a signed integer'],
    [level, 'bogus', 'invalid level'],
    [level, 60, 'invalid level'],
    [level, 'constructor', 'invalid level'],
    [threadId, 1.5, 'expected a thread id'],
    [uuid, 'x', 'expected an event id'],
    [traceId, '0'.repeat(32), 'not a valid trace id'],
    [traceId, 'a'.repeat(31), 'not a valid trace id'],
    [spanId, '0'.repeat(16), 'not a valid span id'],
    [address, 'xyz', 'expected an address'],
    [address, `0x1${'0'.repeat(16)}`, 'expected an address'],
    [spanStatus, 17, 'expected a trace status'],
    [spanStatus, 'toString', 'expected a trace status'],
    [timestamp, 'yesterday', 'expected a timestamp'],
    [timestamp, '2020-02-30T00:00:00Z', 'expected a timestamp'],
    [timestamp, '2020-09-13T25:00:00Z', 'expected a timestamp'],
    [timestamp, 253_402_300_800, 'timestamp out of range'],
  ])('%o refuses %j', (reader, value, reason) => {
    expect(read(reader, value)).toEqual([null, reason])
  })
})
