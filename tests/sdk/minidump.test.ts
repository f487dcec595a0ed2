import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { z } from 'zod/mini'

import { Attachment } from '#contract/attachment.ts'
import { tags } from './event-parts.ts'
import { findEvent, get, readIssue, waitFor } from './picket.ts'
import { hasTool } from './toolchain.ts'

const run = promisify(execFile)
const { url, projectId, publicKey, organization, project } = inject('picket')

/** A minidump's header (signature, version, no streams) and a megabyte of memory behind it. */
function makeDump(): Buffer {
  const dump = Buffer.alloc(1_000_000, 0xa5)
  dump.write('MDMP', 0, 'latin1')
  dump.writeUInt32LE(0xa793, 4)
  return dump
}

describe.skipIf(!hasTool('curl'))('a crash handler that posts a form by curl', () => {
  let folder: string
  let answer: string

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'picket-crash-'))
    const dump = path.join(folder, 'crash.dmp')
    const log = path.join(folder, 'game.log')
    writeFileSync(dump, makeDump())
    writeFileSync(log, 'level 3 loaded\n')
    const { stdout } = await run('curl', [
      ...['-sS', '-w', ' %{http_code}', '-F', `upload_file_minidump=@${dump}`],
      ...['-F', `log=@${log}`, '-F', 'sentry[release]=game@1.2.0', '-F', 'prod=Game'],
      ...['-F', 'sentry[tags][gpu]=none', '-F', 'ver=1.2.0'],
      `${url}/api/${projectId}/minidump/?sentry_key=${publicKey}`,
    ])
    answer = stdout
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is told the id of the event, whose dump and log come back byte for byte', async () => {
    const [, uuid = ''] = /^([0-9a-f-]{36}) 200$/.exec(answer) ?? []
    const eventId = uuid.replaceAll('-', '')
    const event = await waitFor('the crash', () => findEvent(eventId))
    expect(tags(event)).toMatchObject({ release: 'game@1.2.0', gpu: 'none' })
    expect(await readIssue(event.groupID!)).toMatchObject({ platform: 'native', level: 'fatal' })
    const list = `/api/0/projects/${organization}/${project}/events/${eventId}/attachments/`
    const files = z.array(Attachment).parse(await get(list))
    expect(files.map(({ name, type, size }) => [name, type, size])).toEqual([
      ['crash.dmp', 'event.minidump', 1_000_000],
      ['game.log', 'event.attachment', 15],
    ])
    const headers = { authorization: `Bearer ${inject('picket').token}` }
    const saved = await fetch(`${url}${list}${files[0]!.id}/?download=1`, { headers })
    expect(Buffer.from(await saved.arrayBuffer()).equals(makeDump())).toBe(true)
  })
})
