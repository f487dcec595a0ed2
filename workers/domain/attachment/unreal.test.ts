import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseUnrealCrash, UNREAL_FILES_MAX, unrealFileType } from './unreal.ts'
import { readUnrealContext, unrealEvent } from './unreal-context.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

function int(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, value, true)
  return bytes
}

function name(value: string): Uint8Array {
  const padded = new Uint8Array(260)
  padded.set(text(value))
  return join(int(260), padded)
}

function join(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

type Files = [string, Uint8Array][]

const header = (count: number): Uint8Array =>
  join(name('UECC-1'), name('UECC-1.uecrash'), int(0), int(count))
const body = (files: Files): Uint8Array =>
  join(
    ...files.map(([file, bytes], index) => join(int(index), name(file), int(bytes.length), bytes)),
  )
const newer = (files: Files, count = files.length): Uint8Array =>
  join(text('CR1'), header(count), body(files))
const older = (files: Files, count = files.length): Uint8Array =>
  join(header(0), body(files), header(count))

const FILES: Files = [
  ['UEMinidump.dmp', text('MDMP…')],
  ['CrashContext.runtime-xml', text('<a>1</a>')],
  ['Game.log', text('line\n')],
]
const reasonOf = (bytes: Uint8Array): string => {
  const crash = parseUnrealCrash(bytes)
  return crash.ok ? 'none' : crash.error.reason
}

describe('an archive of Unreal Engine', () => {
  it('is read in its newer and its older form', () => {
    const crash = {
      directory: 'UECC-1',
      files: FILES.map(([file, bytes]) => ({ name: file, bytes })),
    }
    expect(parseUnrealCrash(newer(FILES))).toEqual({ ok: true, value: crash })
    expect(parseUnrealCrash(older(FILES))).toEqual({ ok: true, value: crash })
    expect(parseUnrealCrash(newer([]))).toMatchObject({ ok: true, value: { files: [] } })
  })

  it('is refused by name where it is broken', () => {
    expect(reasonOf(new Uint8Array(0))).toBe('truncated')
    expect(reasonOf(newer(FILES, 4))).toBe('truncated')
    expect(reasonOf(newer(FILES, 2))).toBe('trailing_bytes')
    expect(reasonOf(newer(FILES, -1))).toBe('length_invalid')
    expect(reasonOf(older(FILES, -1))).toBe('length_invalid')
    expect(reasonOf(join(text('CR1'), int(5000)))).toBe('length_invalid')
    expect(reasonOf(newer(FILES, UNREAL_FILES_MAX + 1))).toBe('too_many_files')
    const many: Files = Array.from({ length: UNREAL_FILES_MAX }, (_, i) => [`${i}`, text('x')])
    expect(reasonOf(newer(many))).toBe('none')
  })

  it('is refused at every length but its own, and never throws', () => {
    const whole = newer([['a', text('bytes')]])
    for (let end = 0; end < whole.length; end += 1) {
      expect(reasonOf(whole.subarray(0, end))).not.toBe('none')
    }
    fc.assert(
      fc.property(fc.uint8Array({ size: 'large' }), fc.boolean(), (junk, isMarked) => {
        parseUnrealCrash(isMarked ? join(text('CR1'), junk) : junk)
      }),
      { numRuns: 2_000 },
    )
  })

  it('has files that are known by name and by how they begin', () => {
    const typeOf = (file: string, bytes = '') => unrealFileType({ name: file, bytes: text(bytes) })
    expect(typeOf('UEMinidump.dmp', 'MDMP')).toBe('event.minidump')
    expect(typeOf('CrashContext.runtime-xml')).toBe('unreal.context')
    expect(typeOf('Game.LOG')).toBe('unreal.logs')
    expect(typeOf('report.wer', 'Incident Identifier: 1')).toBe('event.applecrashreport')
    expect(typeOf('save.dat')).toBe('event.attachment')
    expect(typeOf('CrashReportClient.ini')).toBeNull()
  })
})

describe('what the engine says', () => {
  const XML = `<?xml version="1.0"?><FGenericCrashContext><RuntimeProperties>
    <ErrorMessage>Assertion failed: a &lt; b &#38;&amp; &bomb;</ErrorMessage>
    <UserName>ada</UserName><EngineVersion>5.3.2</EngineVersion><Empty></Empty>
    <__proto__>x</__proto__><CallStack>long</CallStack></RuntimeProperties>
    <GameData><__sentry>{"release":"game@1.0","tags":{"gpu":"none"}}</__sentry></GameData>`

  it('becomes the message, the user and a context; the game’s own words win', () => {
    const event = unrealEvent(readUnrealContext(text(XML)), '|epic-7|machine-9')
    expect(event).toMatchObject({
      logentry: { formatted: 'Assertion failed: a < b && &bomb;' },
      user: { id: 'epic-7', username: 'ada' },
      release: 'game@1.0',
      tags: { gpu: 'none' },
    })
    const { unreal } = event['contexts'] as { unreal: Record<string, unknown> }
    expect(Object.keys(unreal).sort()).toEqual([
      'EngineVersion',
      'ErrorMessage',
      'UserName',
      '__proto__',
      'type',
    ])
    expect(Object.getPrototypeOf(unreal)).toBe(Object.prototype)
    expect(unrealEvent(new Map(), null)).toEqual({})
  })

  it('is read in one pass, however it is built', () => {
    const startedAt = performance.now()
    for (const piece of ['<a>', '<a', '<', '<a></b>', '&#1', '<a>x</a>']) {
      readUnrealContext(text(piece.repeat(1_000_000 / piece.length)))
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})
