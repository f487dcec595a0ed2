import { describe, expect, it } from 'vitest'

import { FROZEN_EVENTS, rulesDigest } from '../frozen-events.ts'
import { groupWith } from '../make-event.ts'
import { NEWSTYLE_2026_01_20 } from './newstyle-2026-01-20.ts'

/**
 * Frozen: issues in the field hang on these hashes. Should this test fail, the change belongs into a
 * new version.
 */
const HASHES: Record<string, string[]> = {
  nothing: ['d41d8cd98f00b204e9800998ecf8427e'],
  message: ['462856d6151d285a4c474a9a25cfcfde'],
  template_message: ['96debd66cbd5255902b0866a66703ca0'],
  clock_message: ['2b4545c9d29976af78a4e0ac1b32a879'],
  checksum: ['900150983cd24fb0d6963f7d28e17f72'],
  python: ['0b72226a2746866cbb8ae79d2efd8952', 'f06b5d2ccb187483f15306feb7f3ff61'],
  javascript: ['706e5bb56974d039e28e2dcd0adf3f20'],
  lone_javascript: ['61b70e911fcd3c32a87d997b4d286ced'],
  chunk: ['5d731dcf8ecc4f042eeacf528d8d8da9'],
  java: ['f087975cfdd3c086af0336c4351c5e12', '13b7717cf8bb19549ba6aee3453310b9'],
  native: ['b076a4c69b206b43b7ea1b9f53c4e28f'],
  apple: ['452926a1ba95dddb58cb012c4394905b'],
  chain: ['26d33261c3a0d9dc2de70355058afa08'],
  group: ['097ad6269d9da31dbe0ed86e811a122a'],
  threads: ['92eb5ffee6ae2fec3ad71c777531578f'],
  stacktrace: ['0cc175b9c0f1b6a831c399e269772661', '187ef4436122d1cc2f40dc2b92f0eba0'],
  php: ['a53108f7543b75adbb34afc035d4cdf6'],
  ruby: ['dffdd712bd7721eaca0e7c0ee2191ffc'],
  csharp: ['a72a875ca4e9ca4760f8be262bcc71b6'],
  csp: ['6b479d2a8e615f5753af8ae57c7d8081'],
  hpkp: ['a56d03261ff48a10aa98ea3cad9c6464'],
  template: ['8404ca144f7b9e2ec2860b39f5037202'],
  custom: ['c92724d5cddd6ec0b6247edf9cbfa340'],
  hybrid: ['bda7d4921061dd02c00120bcccfe5556'],
}

describe('newstyle:2026-01-20, as released', () => {
  it.each(Object.keys(FROZEN_EVENTS))('keeps its hashes of %s', (name) => {
    const grouped = groupWith(FROZEN_EVENTS[name]!, { id: 'newstyle:2026-01-20' })
    expect(grouped.hashes).toEqual(HASHES[name])
  })

  it('keeps the verdicts of its rules', () => {
    expect(rulesDigest(NEWSTYLE_2026_01_20.rules)).toBe('a9f7bd18b958fa9e31fe7232cccb674e')
  })
})
