import { describe, expect, it } from 'vitest'

import { FROZEN_EVENTS, rulesDigest } from '../frozen-events.ts'
import { groupWith } from '../make-event.ts'
import { FAMILIES } from './complaint.ts'
import { ALL_REFINEMENTS, picket202612 } from './picket-2026-12.ts'

/**
 * Frozen: issues in the field hang on these hashes. Should this test fail, the change belongs into a
 * new version.
 */
const HASHES: Record<string, string[]> = {
  nothing: ['6b79e3824eac18ee18c49da2d1a6be3d'],
  message: ['d610959e8e963c0f86a9aed1e2304dc4'],
  template_message: ['96debd66cbd5255902b0866a66703ca0'],
  clock_message: ['d57246d9cc628132e837803a3de1a905'],
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

/** The first of each family of complaints. */
const FIRST: Record<string, string> = {
  'ids in words': 'be6b31a237050750df191e3be38232ce',
  'users by number': 'dc5309ea1a3d9a4bfe7fe3fa9b369a82',
  'random ids': 'f8fa34436d0d378dfb205e70a55b5739',
  'ids of digits by chance': 'f69771a634d66558858ba4efcc839927',
  'ids that grow': '10e15a454bd30852afaef9f71b867561',
  tokens: '8c91a5d46b8257fb7569e140fe6e26ee',
  'uuids after a prefix': '17b2d0d63b64c0369d378d8d31091ab9',
  'ports and hosts': 'ebde5624f17270957d8be7baab02611e',
  sizes: '4770ae45aa61276eeb94e3c910d09aec',
  durations: '0d96a8230444774d7fc9c8df096df4fa',
  thousands: '9b4972e2aff8c71ca9760c35f90b7813',
  lists: 'f7c375b763913711d25818ebcaab8a1c',
  'quoted values': 'bfffe297ee026e2306d5dc24c5510605',
  dates: '4732da6ba445d2be1b4be07ee30aeb95',
  versions: '548ad7b0c2e8e6f10d7cb0fdbcfbf70e',
  'quoted names a': '981275ecc0a77eb2f8257d4c2ca2832e',
  'quoted names b': '1cb6ef863d0a9100000e76e8da1f7c07',
  'codecs a': 'a585b61e88e19e3d39ab864d13038859',
  'codecs b': '0a6ef174582c23d932c9780daf952544',
  'hashes a': 'cebdb3082ad46f4e18ee37501bee9131',
  'hashes b': '9a67b74d8be511267a8f69235272a2db',
  'error codes a': 'ec62467428097a5ed8592edaf6526ac4',
  'error codes b': 'ac3b03fb59830f8314348344f738a4c0',
  'routes a': 'cb3d9a7eb15b9a25c267c525f60ad0e8',
  'routes b': '94b674f4112388e2eded853da84833af',
  'apostrophes a': '9aea23d4c9bd1c5391cfc9016d095bd3',
  'apostrophes b': 'a8e8b67909d1053b994738db1bcaf021',
  'undefined in each browser': '96b2432834ea1e6dbcdc8ed3354b5e2a',
  'null in each browser': '35cb7eaedac175adb3bb9ef3337e8299',
  'another property': 'faaa58d253926d7915da47df01739951',
  'a missing variable': '86ae13d4d48d20858d40913f1e399630',
  'no function': 'b717e6ef2e093d4bce2b0242addfd61e',
  'no network': '1168be88b0d164ace4147fb0d3492886',
  'a module that is gone': '935bd37260472b63836e1982d2ad587d',
  'endless recursion': '272903c9b2b907df071775075e7bca58',
  'no JSON': '7f4f92a4d7e4e248032e99074d7f982f',
  'JSON cut off': '3c2b3f924e6bce71c2f6c66de752c26d',
  'a resize loop': 'ce41081d61009214fa672dd4babcd47e',
  'a full store': 'd852fb13497a3eb8e69877456757e3ec',
  'frames in each browser': '444c97421e01b50b86b9d3bfc9598cfc',
  'hashed chunks': '7ff9cb659f18a8440d5d1e5796cb5031',
  'Vite chunks': 'b45e8e3492d8ced00c6021cd199ab686',
  'numbered chunks': 'a4fe50260586bd6e0fc8e23822cf5cac',
  'another chunk': 'b02f96fc0240e6e3892f1aa34a4bb46f',
  'a name like a hash a': '73d4d5871af5257b4a01c733e4136c0e',
  'a name like a hash b': 'a7eb7ee8aa154b61bbf43755fed4807b',
  'queries of other platforms': '963e6db9a4a28d29240aee749c8a86e9',
  'empty, by logger a': 'a0f1f4ee903f0a129ce0d5f0b86ad89f',
  'empty, by logger b': '6098bcc567b86acd779a8b6d12a9c567',
  'empty, by page a': 'c7dd084a7b81e325c82e395c3bcf8df0',
  'empty, by page b': 'bc7ed579bf5fa8107721321b8a6920bc',
  'scripts in blobs a': '9e8377707bc058d5bded2a09d436260d',
  'scripts in blobs b': '481a4ecf6062b65ddf438ae7c706ef0e',
}

describe('picket:2026-12, as released', () => {
  it.each(Object.keys(FROZEN_EVENTS))('keeps its hashes of %s', (name) => {
    const grouped = groupWith(FROZEN_EVENTS[name]!, { id: 'picket:2026-12' })
    expect(grouped.hashes).toEqual(HASHES[name])
  })

  it('keeps its answers to complaints', () => {
    const first = Object.entries(FAMILIES).map(([name, events]) => [
      name,
      groupWith(events[0]!, { id: 'picket:2026-12' }).hashes[0],
    ])
    expect(Object.fromEntries(first)).toEqual(FIRST)
  })

  it('keeps the verdicts of its rules', () => {
    expect(rulesDigest(picket202612(ALL_REFINEMENTS).rules)).toBe(
      'a9f7bd18b958fa9e31fe7232cccb674e',
    )
  })
})
