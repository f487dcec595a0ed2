import { describe, expect, it } from 'vitest'

import { parseIpAddress } from './ip-address.ts'

describe('parseIpAddress', () => {
  it.each([
    ['127.0.0.1', 4, 0x7f000001n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['2001:db8::ff00:42:8329', 6, 0x20010db8000000000000ff0000428329n],
    ['2001:0DB8:0:0:0:FF00:42:8329', 6, 0x20010db8000000000000ff0000428329n],
    ['::ffff:1.2.3.4', 6, 0xffff01020304n],
    ['1::', 6, 1n << 112n],
  ])('reads %s', (text, version, bits) => {
    expect(parseIpAddress(text)).toEqual({ version, bits })
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '1.2.3.4 ',
    '{{auto}}',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::1',
    '1.2.3.4::',
    'fe80::1%eth0',
  ])('refuses %j', (text) => {
    expect(parseIpAddress(text)).toBeNull()
  })
})
