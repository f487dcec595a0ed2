import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { lossQuantities } from '../envelope/item-quantities.ts'
import { parseEventId } from '../identifier.ts'
import { attachmentOwner, attachmentType, createsEvent } from './attachment-type.ts'
import { compressionOf, unpackedName } from './compression.ts'
import {
  assembleCrashEvent,
  assembleForm,
  firstEventId,
  formPart,
  isMinidump,
} from './minidump-form.ts'
import { decodeMsgpack, decodeMsgpackSequence } from './msgpack.ts'
import { parseTusCreation, parseTusPatch, UPLOAD_BYTES_MAX } from './tus.ts'
import {
  formatLocation,
  locationMessage,
  parseAttachmentReference,
  parseLocation,
  type UploadLocation,
} from './upload-location.ts'

const ID = '5f0c1e9ab7d24c3e8f6a90b1c2d3e4f5'
const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const json = (value: unknown): Uint8Array => text(JSON.stringify(value))
const EMPTY_FORM = { event: {}, formData: [] as [string, string][] }

describe('an attachment', () => {
  it('has the type its header names, and the plain one when it names none', () => {
    expect(attachmentType({})).toBe('event.attachment')
    expect(attachmentType({ attachment_type: null })).toBe('event.attachment')
    expect(attachmentType({ attachment_type: 'unreal.logs' })).toBe('unreal.logs')
    expect(attachmentType({ attachment_type: 'valueOf' })).toBeNull()
    expect(createsEvent('event.minidump')).toBe(true)
    expect(createsEvent('event.view_hierarchy')).toBe(false)
  })

  it('belongs to an event, unless its content type gives it to a span or a trace', () => {
    const content_type = 'application/vnd.sentry.attachment.v2'
    expect(attachmentOwner({ span_id: 'a' })).toEqual({ kind: 'event' })
    expect(attachmentOwner({ content_type, span_id: 'a' })).toEqual({ kind: 'span', spanId: 'a' })
    expect(attachmentOwner({ content_type, span_id: null })).toEqual({ kind: 'span', spanId: null })
    expect(attachmentOwner({ content_type })).toEqual({ kind: 'trace' })
  })

  it('gotcha 22: is for no event whose id is malformed', () => {
    expect(parseEventId('5f0c1e9ab7d24c3e8f6a90b1c2d3e4')).toBeNull()
    expect(parseEventId(`${ID}/../x`)).toBeNull()
    expect(parseEventId(ID)).toBe(ID)
  })
})

describe('the form of a crash', () => {
  it('has parts that are known by their names', () => {
    expect(formPart('upload_file_minidump', 'x.dmp')).toEqual({ kind: 'minidump' })
    expect(formPart('__sentry-event', 'event')).toEqual({ kind: 'event_msgpack' })
    expect(formPart('__sentry-breadcrumb2', null)).toEqual({ kind: 'breadcrumbs_msgpack' })
    expect(formPart('view-hierarchy.json', 'view-hierarchy.json')).toMatchObject({
      attachmentType: 'event.view_hierarchy',
    })
    expect(formPart('log', 'a.log')).toEqual({
      kind: 'file',
      attachmentType: 'event.attachment',
      filename: 'a.log',
    })
    expect(formPart('sentry[release]', null)).toEqual({ kind: 'field' })
  })

  it('spells an event as JSON, in pieces and by fields, the first word counting', () => {
    const pieces = JSON.stringify({ level: 'info', tags: { b: '2' } })
    const form = assembleForm([
      ['sentry__2', pieces.slice(9)],
      ['sentry[release]', 'shop@1'],
      ['sentry', '{"level":"fatal","tags":{"a":"1"}}'],
      ['sentry[tags][c]', '3'],
      ['sentry[release]', 'shop@2'],
      ['sentry__1', pieces.slice(0, 9)],
      ['prod', 'Shop'],
    ])
    expect(form).toEqual({
      event: { level: 'fatal', release: 'shop@1', tags: { a: '1', b: '2', c: '3' } },
      formData: [['prod', 'Shop']],
    })
  })

  it('takes as plain fields what only looks like a piece of an event', () => {
    const odd = ['sentry__x', 'sentry_1', 'sentry[a', 'sentry[a]b]', `sentry${'[a]'.repeat(16)}`]
    const { event, formData } = assembleForm(odd.map((name) => [name, '1']))
    expect(event).toEqual({})
    expect(formData.map(([name]) => name)).toEqual(odd)
    expect(assembleForm([[`sentry${'[a]'.repeat(15)}`, '1']]).formData).toEqual([])
    expect(
      assembleForm([
        ['sentry', 'not json'],
        ['sentry__1', '[1]'],
      ]).event,
    ).toEqual({})
  })

  it('keeps keys that objects inherit as keys', () => {
    const { event } = assembleForm([
      ['sentry[__proto__][polluted]', 'yes'],
      ['sentry', '{"constructor":{"prototype":1}}'],
      ['sentry[constructor][x]', '2'],
    ])
    expect(Object.keys(event).sort()).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype)
    expect(event['constructor']).toEqual({ prototype: 1, x: '2' })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('has its event from MessagePack first, and breadcrumbs from their files', () => {
    // {"level":"fatal"} and two breadcrumbs {"m":1} {"m":2}
    const eventMsgpack = Uint8Array.from([0x81, 0xa5, ...text('level'), 0xa5, ...text('fatal')])
    const crumbs = Uint8Array.from([0x81, 0xa1, 0x6d, 1, 0x81, 0xa1, 0x6d, 2])
    const form = { ...EMPTY_FORM, event: { level: 'info', release: 'shop@1' } }
    expect(assembleCrashEvent({ eventMsgpack, breadcrumbsMsgpack: [crumbs], form })).toEqual({
      event: { level: 'fatal', release: 'shop@1', breadcrumbs: [{ m: 1 }, { m: 2 }] },
      isMsgpackInvalid: false,
    })
    const broken = { eventMsgpack: crumbs, breadcrumbsMsgpack: [], form }
    expect(assembleCrashEvent(broken)).toEqual({ event: form.event, isMsgpackInvalid: true })
  })

  it('has the first event id that is one', () => {
    expect(firstEventId(undefined, 'nonsense', 7, ID.toUpperCase(), 'a'.repeat(32))).toBe(ID)
    expect(firstEventId(null, {})).toBeNull()
  })

  it('never throws, whatever the fields', () => {
    const name = fc
      .array(fc.constantFrom('sentry', '__1', '[', ']', 'a', '][', '__proto__'))
      .map((w) => w.join(''))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.oneof(fc.string(), fc.json()))),
        fc.uint8Array(),
        (fields, junk) => {
          const form = assembleForm(fields)
          assembleCrashEvent({ eventMsgpack: junk, breadcrumbsMsgpack: [junk], form })
          expect(form.formData.length).toBeLessThanOrEqual(fields.length)
        },
      ),
    )
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    expect(
      Object.keys(
        assembleForm([
          ['sentry', deep],
          ['sentry__1', deep],
        ]).event,
      ),
    ).toEqual(['a'])
  })
})

describe('a dump', () => {
  it('begins with its magic, in either order of bytes', () => {
    expect(isMinidump(text('MDMP\u0093'))).toBe(true)
    expect(isMinidump(text('PMDM'))).toBe(true)
    expect(isMinidump(text('MDM'))).toBe(false)
    expect(isMinidump(text('PMDP'))).toBe(false)
  })

  it('may be compressed, and loses the suffix that says so', () => {
    expect(compressionOf(Uint8Array.of(0x1f, 0x8b, 8))).toBe('gzip')
    expect(compressionOf(Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0))).toBe('xz')
    expect(compressionOf(text('BZh9'))).toBe('bzip2')
    expect(compressionOf(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd))).toBe('zstd')
    expect(compressionOf(Uint8Array.of(0xfd, 0x37))).toBeNull()
    expect(compressionOf(text('MDMP'))).toBeNull()
    expect(unpackedName('crash.dmp.GZ', 'gzip')).toBe('crash.dmp')
    expect(unpackedName('crash.dmp.gz', 'zstd')).toBe('crash.dmp.gz')
    expect(unpackedName('.gz', 'gzip')).toBe('.gz')
  })
})

describe('MessagePack', () => {
  const value = (...bytes: number[]): unknown => {
    const decoded = decodeMsgpack(Uint8Array.from(bytes))
    return decoded.ok ? decoded.value : decoded.error.reason
  }

  it('is read in all its forms', () => {
    expect(value(0x7f)).toBe(127)
    expect(value(0xff)).toBe(-1)
    expect(value(0xc0)).toBe(null)
    expect(value(0xc3)).toBe(true)
    expect(value(0xcd, 1, 0)).toBe(256)
    expect(value(0xd1, 0xff, 0x7f)).toBe(-129)
    expect(value(0xcf, 0, 0x20, 0, 0, 0, 0, 0, 0)).toBe(2 ** 53)
    expect(value(0xd3, ...Array<number>(8).fill(0xff))).toBe(-1)
    expect(value(0xca, 0x3f, 0x80, 0, 0)).toBe(1)
    expect(value(0xcb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)).toBe(1.5)
    expect(value(0xd9, 2, 0xc3, 0xa9)).toBe('é')
    expect(value(0xda, 0, 1, 0x61)).toBe('a')
    expect(value(0xc4, 2, 9, 8)).toEqual(Uint8Array.of(9, 8))
    expect(value(0xdc, 0, 2, 1, 2)).toEqual([1, 2])
    expect(value(0xde, 0, 1, 0xa1, 0x61, 1)).toEqual({ a: 1 })
    expect(value(0x82, 7, 1, 0xa1, 0x61, 0x90)).toEqual({ 7: 1, a: [] })
    expect(value(0xd4, 1, 2)).toBe(null)
    expect(value(0xc7, 1, 5, 6)).toBe(null)
  })

  it('is refused where it is cut off, by every prefix of a whole', () => {
    const whole = [0x82, 0xa1, 0x61, 0xcd, 1, 0, 0xa1, 0x62, 0xdc, 0, 2, 0xc4, 1, 9, 0xd4, 1, 2]
    expect(value(...whole)).toEqual({ a: 256, b: [Uint8Array.of(9), null] })
    for (let end = 0; end < whole.length; end += 1) {
      expect(value(...whole.slice(0, end))).toBe('truncated')
    }
    expect(value(...whole, 1)).toBe('trailing_bytes')
  })

  it('is refused when it claims what its bytes cannot hold, is too deep, or has odd keys', () => {
    expect(value(0xdd, 0xff, 0xff, 0xff, 0xff, 0)).toBe('truncated')
    expect(value(0xdf, 0, 0, 0, 2, 0, 0, 0)).toBe('truncated')
    expect(value(...Array<number>(64).fill(0x91), 0)).not.toBe('too_deep')
    expect(value(...Array<number>(65).fill(0x91), 0)).toBe('too_deep')
    expect(value(0x81, 0xc0, 1)).toBe('key_invalid')
    expect(value(0xc1)).toBe('byte_unknown')
  })

  it('keeps a key that objects inherit as a key', () => {
    const bytes = Uint8Array.from([0x81, 0xa9, ...text('__proto__'), 0x81, 0xa1, 0x61, 1])
    const decoded = decodeMsgpack(bytes)
    expect(decoded.ok && Object.keys(decoded.value as object)).toEqual(['__proto__'])
  })

  it('never throws, and reads no further than its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ size: 'medium' }), (bytes) => {
        const one = decodeMsgpack(bytes)
        if (!one.ok) expect(one.error.at).toBeLessThanOrEqual(bytes.length)
        decodeMsgpackSequence(bytes)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a resumable upload', () => {
  const headers =
    (fields: Record<string, string>) =>
    (name: string): string | null =>
      ({ 'tus-resumable': '1.0.0', ...fields })[name] ?? null
  const created = (fields: Record<string, string>): unknown => {
    const creation = parseTusCreation(headers(fields))
    return creation.ok ? creation.value : creation.error.reason
  }
  const patched = (fields: Record<string, string>): unknown => {
    const patch = parseTusPatch(
      headers({ 'content-type': 'application/offset+octet-stream', ...fields }),
      100,
    )
    return patch.ok ? patch.value : patch.error.reason
  }

  it('is created by its length', () => {
    expect(created({ 'upload-length': '12' })).toEqual({ length: 12, hasBody: false })
    const older = { 'upload-length': '12', 'content-type': 'application/offset+octet-stream' }
    expect(created(older)).toEqual({ length: 12, hasBody: true })
    expect(created({ 'upload-length': '0' })).toMatchObject({ length: 0 })
    expect(created({ 'upload-length': String(UPLOAD_BYTES_MAX) })).toBeInstanceOf(Object)
    expect(created({ 'upload-length': String(UPLOAD_BYTES_MAX + 1) })).toBe('too_long')
    for (const wrong of ['', '-1', '1.5', '1e3', '9'.repeat(16)]) {
      expect(created({ 'upload-length': wrong })).toBe('length')
    }
    expect(created({ 'upload-length': '1', 'tus-resumable': '0.2.2' })).toBe('version')
  })

  it('goes on from its offset', () => {
    expect(patched({ 'upload-offset': '0' })).toEqual({ offset: 0, decodedLength: null })
    const rest = { 'upload-offset': '40', 'x-decoded-content-length': '60' }
    expect(patched(rest)).toEqual({ offset: 40, decodedLength: 60 })
    expect(patched({ ...rest, 'x-decoded-content-length': '61' })).toBe('too_long')
    expect(patched({ ...rest, 'x-decoded-content-length': 'all' })).toBe('decoded_length')
    expect(patched({ 'upload-offset': '101' })).toBe('offset')
    expect(patched({})).toBe('offset')
    expect(patched({ 'upload-offset': '0', 'content-type': 'text/plain' })).toBe('content_type')
    expect(patched({ 'upload-offset': '0', 'tus-resumable': '' })).toBe('version')
  })
})

describe('an upload location', () => {
  const location: UploadLocation = { projectId: 42, id: 'abc-1', length: 12, uploadId: 'u/1' }
  const final = { ...location, uploadId: null }
  const referenced = (
    to: UploadLocation,
    header: Record<string, unknown>,
    projectId = 42,
  ): unknown =>
    parseAttachmentReference(
      { content_type: 'application/vnd.sentry.attachment-ref+json', ...header },
      json({ location: formatLocation(to, 'sig'), content_type: 'text/plain' }),
      projectId,
    )

  it('is read back as it was made', () => {
    const id = fc.stringMatching(/^\w[\w.~-]{0,40}$/)
    fc.assert(
      fc.property(id, fc.nat(), fc.option(fc.string()), (name, length, uploadId) => {
        const made = { projectId: 42, id: name, length, uploadId }
        expect(parseLocation(formatLocation(made, 'c2ln'))).toEqual({
          location: made,
          signature: 'c2ln',
        })
      }),
    )
    fc.assert(fc.property(fc.string(), (junk) => parseLocation(junk) === null))
  })

  it('gotcha 29: is signed in every part, so that an unfinished one does not pass as finished', () => {
    const others = [
      final,
      { ...location, id: 'abc-2' },
      { ...location, length: 13 },
      { ...location, projectId: 43 },
    ]
    const messages = new Set([location, ...others].map(locationMessage))
    expect(messages.size).toBe(5)
    expect(parseLocation('/api/42/upload/abc/?upload_length=12')).toBeNull()
    expect(parseLocation('/api/42/upload/../?upload_length=1&upload_signature=s')).toBeNull()
    expect(referenced(location, { attachment_length: 12 })).toMatchObject({ ok: false })
    expect(referenced(final, { attachment_length: 12 })).toEqual({
      ok: true,
      value: { location: final, signature: 'sig', contentType: 'text/plain' },
    })
  })

  it('gotcha 28: is referred to only with the length that was uploaded', () => {
    expect(referenced(final, { attachment_length: 13 })).toMatchObject({ ok: false })
    expect(referenced(final, {})).toMatchObject({ ok: false })
    const empty = { ...final, length: 0 }
    expect(referenced(empty, { attachment_length: 0 })).toMatchObject({ ok: true })
  })

  it('gotcha 27: that is wrong costs its own attachment, in both categories', () => {
    expect(referenced(final, { attachment_length: 12 }, 43)).toEqual({
      ok: false,
      error: 'invalid_placeholder_attachment',
    })
    const header = {
      content_type: 'application/vnd.sentry.attachment-ref+json',
      attachment_length: 12,
    }
    expect(parseAttachmentReference(header, text('{"location":7}'), 42).ok).toBe(false)
    expect(lossQuantities({ kind: 'attachment', header, bytes: 90 })).toEqual([
      { category: 'attachment', quantity: 12 },
      { category: 'attachment_item', quantity: 1 },
    ])
  })
})
