import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parameterOf, parseHeaderValue } from './header-parameters.ts'
import {
  embeddedBoundary,
  MultipartParser,
  type MultipartToken,
  multipartBoundary,
  type Part,
  parseMultipart,
} from './multipart.ts'

const BOUNDARY = '----picket7MA4'
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const read = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes)

/** A body as a client writes it, of binary parts. */
function body(parts: { head: string; bytes: Uint8Array }[], boundary = BOUNDARY): Uint8Array {
  const pieces = parts.flatMap(({ head, bytes }) => [
    text(`--${boundary}\r\n${head}\r\n\r\n`),
    bytes,
    text('\r\n'),
  ])
  return join([...pieces, text(`--${boundary}--\r\n`)])
}
function join(pieces: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
const field = (name: string): string => `Content-Disposition: form-data; name="${name}"`

/** All parts of a body fed in chunks of these sizes, then the rest. */
function feed(bytes: Uint8Array, sizes: number[]): Part[] | string {
  const parser = new MultipartParser(BOUNDARY)
  const tokens: MultipartToken[] = []
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    const pushed = parser.push(bytes.subarray(at, at + size))
    if (!pushed.ok) return pushed.error.reason
    tokens.push(...pushed.value)
    at = Math.min(bytes.length, at + size)
  }
  const end = parser.end()
  if (!end.ok) return end.error.reason
  const parts: Part[] = []
  for (const token of tokens) {
    if (token.kind === 'part') parts.push({ ...token.head, bytes: new Uint8Array() })
    if (token.kind === 'data') parts.at(-1)!.bytes = join([parts.at(-1)!.bytes, token.bytes])
  }
  return parts
}

describe('a multipart body', () => {
  it('gives its parts with their names, files and types', () => {
    const file = `${field('upload_file_minidump')}; filename="crash.dmp"\r\nContent-Type: application/x-dmp`
    const bytes = body([
      { head: file, bytes: Uint8Array.of(0, 13, 10, 255) },
      { head: field('sentry'), bytes: text('{}') },
    ])
    expect(parseMultipart(bytes, BOUNDARY)).toEqual({
      ok: true,
      value: [
        {
          name: 'upload_file_minidump',
          filename: 'crash.dmp',
          contentType: 'application/x-dmp',
          bytes: Uint8Array.of(0, 13, 10, 255),
        },
        { name: 'sentry', filename: null, contentType: null, bytes: text('{}') },
      ],
    })
  })

  it('gotcha 23: keeps a part of no bytes', () => {
    const head = `${field('log')}; filename="empty.log"`
    expect(parseMultipart(body([{ head, bytes: text('') }]), BOUNDARY)).toMatchObject({
      value: [{ filename: 'empty.log', bytes: new Uint8Array() }],
    })
  })

  it('may have a preamble, padding, parts without a head, and words after its end', () => {
    const good = text(
      `hello\r\n--${BOUNDARY} \t\r\n\r\nplain\r\n--${BOUNDARY}--\r\n--${BOUNDARY}\r\nbye`,
    )
    expect(feed(good, [])).toEqual([
      { name: '', filename: null, contentType: null, bytes: text('plain') },
    ])
    const alike = body([{ head: field('a'), bytes: text(`--${BOUNDARY}\n`) }])
    expect(feed(alike, [])).toMatchObject([{ bytes: text(`--${BOUNDARY}\n`) }])
  })

  it('has no parts when it says so at once', () => {
    expect(feed(text(`--${BOUNDARY}--`), [])).toEqual([])
    expect(feed(text(`--${BOUNDARY}--`), [3, 1])).toEqual([])
  })

  it('is refused when it breaks off, and when a delimiter is followed by other bytes', () => {
    expect(feed(text(''), [])).toBe('end_missing')
    const whole = body([{ head: field('a'), bytes: text('x') }])
    expect(feed(whole.subarray(0, -5), [])).toBe('end_missing')
    expect(feed(text(`--${BOUNDARY}\n`), [])).toBe('delimiter_malformed')
    expect(feed(text(`--${BOUNDARY}-x`), [])).toBe('delimiter_malformed')
    expect(feed(text(`--${BOUNDARY}${' '.repeat(65)}\r\n`), [])).toBe('delimiter_malformed')
  })

  it('is refused when a head has no end, and when it has parts without number', () => {
    expect(feed(text(`--${BOUNDARY}\r\n${'x'.repeat(16_400)}`), [])).toBe('head_too_large')
    const trickle = Array.from({ length: 16_500 }, () => 1)
    expect(feed(text(`--${BOUNDARY}\r\n${'x'.repeat(16_400)}`), trickle)).toBe('head_too_large')
    const many = Array.from({ length: 1_001 }, () => ({ head: field('a'), bytes: text('') }))
    expect(parseMultipart(body(many.slice(1)), BOUNDARY)).toMatchObject({ ok: true })
    expect(feed(body(many), [])).toBe('too_many_parts')
  })

  it('stays refused', () => {
    const parser = new MultipartParser(BOUNDARY)
    expect(parser.push(text(`--${BOUNDARY}!`)).ok).toBe(false)
    expect(parser.push(text(`\r\n--${BOUNDARY}--`)).ok).toBe(false)
    expect(parser.end()).toMatchObject({ error: { reason: 'delimiter_malformed' } })
  })

  it('passes data on without holding it', () => {
    const parser = new MultipartParser(BOUNDARY)
    parser.push(text(`--${BOUNDARY}\r\n${field('f')}\r\n\r\n`))
    const chunk = new Uint8Array(1_000_000)
    const pushed = parser.push(chunk)
    expect(pushed.ok && pushed.value).toEqual([{ kind: 'data', bytes: chunk }])
    const [token] = pushed.ok ? pushed.value : []
    expect(token?.kind === 'data' && token.bytes.buffer).toBe(chunk.buffer)
  })

  it('comes apart alike in chunks of any size', () => {
    // bytes that love to look like delimiters
    const nasty = fc
      .array(
        fc.constantFrom(
          '\r',
          '\n',
          '-',
          '--',
          `\r\n--${BOUNDARY.slice(0, 9)}`,
          BOUNDARY,
          'x',
          '\u00ff',
        ),
      )
      .map((words) => Uint8Array.from(words.join(''), (c) => c.charCodeAt(0)))
      .filter((bytes) => !read(bytes).includes(`\r\n--${BOUNDARY}`))
      .filter((bytes) => !read(bytes).startsWith(`--${BOUNDARY}`))
    const parts = fc.array(
      fc.record({ head: fc.constantFrom(field('a'), field('b')), bytes: nasty }),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(parts, fc.array(fc.nat(12), { size: 'max', maxLength: 80 }), (sent, sizes) => {
        const got = feed(body(sent), sizes)
        expect(got).toEqual(
          sent.map(({ head, bytes }) => ({
            name: head.at(-2),
            filename: null,
            contentType: null,
            bytes: Uint8Array.from(bytes),
          })),
        )
      }),
    )
  })

  it('never throws, and gives the same whatever the chunks, on arbitrary bytes', () => {
    const junk = fc
      .array(
        fc.constantFrom(
          `\r\n--${BOUNDARY}`,
          `--${BOUNDARY}--`,
          '\r\n',
          '\r\n\r\n',
          ':',
          ';',
          '=',
          '"',
          '-',
          'name',
          'é',
        ),
      )
      .map((words) => text(words.join('')))
    fc.assert(
      fc.property(junk, fc.array(fc.nat(6), { size: 'max', maxLength: 60 }), (bytes, sizes) => {
        expect(feed(bytes, sizes)).toEqual(feed(bytes, []))
      }),
    )
  })

  it('takes time in proportion to its bytes, though all of them be CR', () => {
    const bytes = new Uint8Array(2_000_000).fill(13)
    const parser = new MultipartParser('b'.repeat(70))
    expect(parser.push(bytes)).toEqual({ ok: true, value: [] })
  })
})

describe('a boundary', () => {
  it('is named by the content type', () => {
    expect(multipartBoundary('multipart/form-data; boundary=abc')).toBe('abc')
    expect(multipartBoundary('Multipart/Form-Data; charset=utf-8; Boundary="a b;c"')).toBe('a b;c')
    for (const type of [
      null,
      'text/plain; boundary=abc',
      'multipart/form-data',
      'multipart/form-data; boundary=""',
    ]) {
      expect(multipartBoundary(type)).toBeNull()
    }
    expect(multipartBoundary(`multipart/form-data; boundary=${'a'.repeat(70)}`)).not.toBeNull()
    expect(multipartBoundary(`multipart/form-data; boundary=${'a'.repeat(71)}`)).toBeNull()
    expect(multipartBoundary('multipart/form-data; boundary="a\rb"')).toBeNull()
  })

  it('is found in a body that was put into a part', () => {
    expect(embeddedBoundary(text('--inner7\r\nContent-Disposition'))).toBe('inner7')
    for (const start of ['MDMP', '--', '--inner7', '--\r\n', `--${'a'.repeat(71)}\r\n`]) {
      expect(embeddedBoundary(text(start))).toBeNull()
    }
  })
})

describe('a header value', () => {
  const filename = (header: string): string | null =>
    parameterOf(parseHeaderValue(header), 'filename')

  it('gives quoted, plain and extended parameters', () => {
    expect(filename('form-data; name=a; filename="a \\"b\\"; c.txt"')).toBe('a "b"; c.txt')
    expect(filename('form-data; filename = plain.txt ; x')).toBe('plain.txt')
    expect(filename('form-data; filename="C:\\tmp\\a.log"')).toBe('C:\\tmp\\a.log')
    expect(filename(`form-data; filename="x"; filename*=UTF-8''%C3%A9.txt`)).toBe('é.txt')
    expect(filename(`form-data; filename="x"; filename*=UTF-8''%C3`)).toBe('x')
    expect(filename('form-data; flag; name="filename=no"')).toBeNull()
  })

  it('never throws, and is read in one walk', () => {
    fc.assert(fc.property(fc.string(), (header) => parseHeaderValue(`a; ${header}`).value === 'a'))
    expect(parseHeaderValue(`a;${'b="\\"'.repeat(200_000)}`).value).toBe('a')
    const startedAt = performance.now()
    expect(parseHeaderValue(`a;${';'.repeat(500_000)}=`).value).toBe('a')
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })
})
