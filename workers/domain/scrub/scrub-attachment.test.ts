import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { PiiConfig } from './pii-config.ts'
import { scrubAttachment, scrubMinidump } from './scrub-attachment.ts'
import { scrubText } from './scrub-text.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'

function advanced(
  applications: PiiConfig['applications'],
  rules: PiiConfig['rules'] = {},
): Scrubbing {
  return {
    ...DEFAULT_SCRUBBING,
    advanced: { organization: null, project: { rules, vars: {}, applications } },
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const utf16 = (text: string) => {
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0)
      return [code & 0xff, code >> 8]
    }),
  )
}
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

describe('scrubAttachment', () => {
  it('leaves bytes alone that no advanced rule names', () => {
    const bytes = bytesOf('password=hunter2 10.0.0.1')
    expect(scrubAttachment(bytes, 'log.txt', DEFAULT_SCRUBBING)).toBe(bytes)
    expect(scrubAttachment(bytes, 'log.txt', advanced({ $string: ['@ip'] }))).toBe(bytes)
    expect(scrubAttachment(bytes, 'log.txt', advanced({ "$attachments.'a'": ['@ip'] }))).toBe(bytes)
    expect(scrubAttachment(bytes, 'log.txt', advanced({ $binary: ['@mac'] }))).toBe(bytes)
  })

  it.each([
    ['@ip:replace', 'at [ip]****!'],
    ['@ip:mask', 'at ********!'],
    ['@ip:remove', 'at ********!'],
    ['@ip:hash', 'at 9D7CF8D2!'],
  ])('keeps the length with %s', (rule, expected) => {
    const bytes = bytesOf('at 10.0.0.1!')
    const result = scrubAttachment(bytes, 'log.txt', advanced({ "$attachments.'log.txt'": [rule] }))
    expect(result.length).toBe(bytes.length)
    expect(textOf(result)).toMatch(rule === '@ip:hash' ? /^at [0-9A-F]{8}!$/ : expected)
    expect(textOf(bytes)).toBe('at 10.0.0.1!')
  })

  it('fills all of it for @anything', () => {
    const mask = advanced({ '$attachments.**': ['@anything:mask'] })
    expect(textOf(scrubAttachment(bytesOf('abc'), 'x', mask))).toBe('***')
    const replace = advanced({ $binary: ['@anything:replace'] })
    expect(textOf(scrubAttachment(bytesOf('abcdefghijklm'), 'x', replace))).toBe('[Filtered]***')
    expect(textOf(scrubAttachment(bytesOf('abc'), 'x', replace))).toBe('[Fi')
  })

  it('finds texts among other bytes, wide characters and many of them', () => {
    const noise = Uint8Array.from([0, 1, 0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80])
    const bytes = joined(noise, bytesOf('grüß 10.0.0.1 und 10.0.0.2 €'), noise, bytesOf('1.1.1.1'))
    const result = scrubAttachment(bytes, 'x', advanced({ $binary: ['@ip:mask'] }))
    const expected = joined(
      noise,
      bytesOf('grüß ******** und ******** €'),
      noise,
      bytesOf('*******'),
    )
    expect(result).toEqual(expected)
  })

  it.each([0, 1])('finds UTF-16LE at offset %d', (offset) => {
    const lead = new Uint8Array(offset)
    const bytes = joined(lead, utf16('von 10.0.0.1 für'), Uint8Array.of(0))
    const result = scrubAttachment(bytes, 'x', advanced({ $binary: ['@ip:replace'] }))
    expect(result).toEqual(joined(lead, utf16('von [ip]**** für'), Uint8Array.of(0)))
  })

  it('passes over texts of less than five characters', () => {
    const bytes = joined(Uint8Array.of(0), bytesOf('abcd'), Uint8Array.of(0))
    const rules = { abcd: { type: 'pattern', pattern: 'abcd' } }
    expect(scrubAttachment(bytes, 'x', advanced({ $binary: ['abcd'] }, rules))).toBe(bytes)
  })

  it('takes the line that names a secret', () => {
    const bytes = bytesOf('user: bob\npassword: hunter2\nhost: db')
    const result = scrubAttachment(bytes, 'x', advanced({ $binary: ['@password:mask'] }))
    expect(textOf(result)).toBe('user: bob\n*****************\nhost: db')
  })

  it('keeps the length of any bytes under any rule, and finds nothing twice', () => {
    const rules = [
      '@ip:replace',
      '@email:hash',
      '@password:replace',
      '@anything:replace',
      '@uuid:mask',
    ]
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.string().map(bytesOf),
      fc.string().map(utf16),
      fc.constantFrom(bytesOf('10.0.0.1 a@b.com'), utf16('password 10.0.0.1'), bytesOf('😀é')),
    )
    fc.assert(
      fc.property(fc.array(piece), fc.constantFrom(...rules), (pieces, rule) => {
        const bytes = joined(...pieces)
        const before = bytes.slice()
        const result = scrubAttachment(bytes, 'x', advanced({ $binary: [rule] }))
        expect(result.length).toBe(bytes.length)
        expect(bytes).toEqual(before)
      }),
    )
  })
})

describe('scrubMinidump', () => {
  it('reads memory, environment and paths, each by its name', () => {
    const dump = minidump()
    const scrub = (selector: string) =>
      scrubMinidump(dump, 'a.dmp', advanced({ [selector]: ['@ip:mask'] }))
    const changed = (selector: string) => {
      const result = scrub(selector)
      return PARTS.filter((_, index) => !sameAt(result, dump, index)).map(({ kind }) => kind)
    }
    expect(changed('$binary')).toEqual(['heap_memory', 'environ', 'cmdline'])
    expect(changed('$heap_memory')).toEqual(['heap_memory'])
    expect(changed('$stack_memory')).toEqual(['stack_memory'])
    expect(changed('**')).toEqual(['heap_memory', 'environ', 'cmdline', 'code_file'])
    expect(changed('$minidump.environ')).toEqual(['environ'])
    expect(changed("$attachments.'b.dmp'.*")).toEqual([])
  })

  it('keeps the name of a module', () => {
    const result = scrubMinidump(minidump(), 'a.dmp', advanced({ code_file: ['@anything:mask'] }))
    const { start, bytes } = PARTS[4]!
    const path = new TextDecoder('utf-16le').decode(result.subarray(start, start + bytes.length))
    expect(path).toMatch(/^\*+\\app\.exe$/)
  })

  it('treats what it cannot read as bytes', () => {
    const broken = minidump().slice(0, 100)
    const result = scrubMinidump(broken, 'a.dmp', advanced({ $minidump: ['@anything:mask'] }))
    expect(result).toEqual(bytesOf('*'.repeat(100)))
    const text = scrubMinidump(bytesOf('at 10.0.0.1'), 'a.dmp', advanced({ $binary: ['@ip:mask'] }))
    expect(textOf(text)).toBe('at ********')
  })

  it('leaves a minidump alone without advanced rules', () => {
    const dump = minidump()
    expect(scrubMinidump(dump, 'a.dmp', DEFAULT_SCRUBBING)).toBe(dump)
  })

  it('never throws, whatever the numbers in it say', () => {
    const scrubbing = advanced({ '**': ['@ip:mask'] })
    const places = fc.array(fc.tuple(fc.nat(minidump().length - 1), fc.nat(255)), { maxLength: 8 })
    fc.assert(
      fc.property(places, (changes) => {
        const dump = minidump()
        for (const [at, value] of changes) dump[at] = value
        expect(scrubMinidump(dump, 'a.dmp', scrubbing).length).toBe(dump.length)
      }),
    )
  })
})

describe('scrubText', () => {
  it('scrubs a line that stands alone', () => {
    expect(scrubText('a@b.com token=abc1 ok', DEFAULT_SCRUBBING)).toBe(
      '[email] token=[Filtered] ok',
    )
    expect(scrubText('nothing to hide', DEFAULT_SCRUBBING)).toBe('nothing to hide')
  })
})

/** What the dump below holds, and where. */
const PARTS = [
  { kind: 'stack_memory', start: 400, bytes: bytesOf('stack 10.0.0.1 stack') },
  { kind: 'heap_memory', start: 450, bytes: bytesOf('heap 10.0.0.2 heap__') },
  { kind: 'environ', start: 500, bytes: bytesOf('HOST=10.0.0.3\0') },
  { kind: 'cmdline', start: 540, bytes: bytesOf('app\0--host\0 10.0.0.4\0') },
  { kind: 'code_file', start: 604, bytes: utf16('C:\\10.0.0.5\\app.exe') },
]

function sameAt(one: Uint8Array, other: Uint8Array, part: number): boolean {
  const { start, bytes } = PARTS[part]!
  return (
    one.slice(start, start + bytes.length).join() ===
    other.slice(start, start + bytes.length).join()
  )
}

/** A minidump of one thread, its stack and other memory in the memory list, and one module. */
function minidump(): Uint8Array {
  const bytes = new Uint8Array(700)
  const view = new DataView(bytes.buffer)
  const put = (at: number, ...numbers: number[]) => {
    for (const [index, number] of numbers.entries()) view.setUint32(at + 4 * index, number, true)
  }
  const [stack, heap, environ, cmdline, path] = PARTS
  put(0, 0x504d444d, 0xa793, 5, 32)
  put(32, 3, 52, 100)
  put(44, 5, 36, 160)
  put(56, 4, 112, 200)
  put(68, 0x47670007, environ!.bytes.length, environ!.start)
  put(80, 0x47670006, cmdline!.bytes.length, cmdline!.start)
  put(100, 1)
  put(104 + 24, 0x1000, 0, stack!.bytes.length, stack!.start)
  put(160, 2)
  put(164, 0x1000, 0, stack!.bytes.length, stack!.start)
  put(180, 0x2000, 0, heap!.bytes.length, heap!.start)
  put(200, 1)
  put(204 + 20, path!.start - 4)
  put(path!.start - 4, path!.bytes.length)
  for (const { start, bytes: content } of PARTS) bytes.set(content, start)
  return bytes
}
