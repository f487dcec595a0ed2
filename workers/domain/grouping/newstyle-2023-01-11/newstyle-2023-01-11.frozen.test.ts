import { describe, expect, it } from 'vitest'

import { FROZEN_EVENTS, rulesDigest } from '../frozen-events.ts'
import { groupWith } from '../make-event.ts'
import { NEWSTYLE_2023_01_11 } from './newstyle-2023-01-11.ts'

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
  python: ['ef4c496ff5f03fda8174e8c764ba8789', '87bfca1b4a2f3fbba6cc31601c4cd248'],
  javascript: ['530e6866aee2e76b960f578b6ed85898'],
  lone_javascript: ['d341cb9d9654ebd2db1fafdad739497c'],
  chunk: ['5d731dcf8ecc4f042eeacf528d8d8da9'],
  java: ['3e7cfed66d8017a48ba6f0eaaff8718b', '88b5c721d8659da23d86d59cb34a2188'],
  native: ['4cba7b18ad98ae4573ae0c35bbba0573'],
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
  custom: ['5d8b91e3efa61c3d7757a73a135ca728'],
  hybrid: ['bda7d4921061dd02c00120bcccfe5556'],
}

describe('newstyle:2023-01-11, as released', () => {
  it.each(Object.keys(FROZEN_EVENTS))('keeps its hashes of %s', (name) => {
    const grouped = groupWith(FROZEN_EVENTS[name]!, { id: 'newstyle:2023-01-11' })
    expect(grouped.hashes).toEqual(HASHES[name])
  })

  it('keeps the verdicts of its rules', () => {
    expect(rulesDigest(NEWSTYLE_2023_01_11.rules)).toBe('a9f7bd18b958fa9e31fe7232cccb674e')
  })
})
