import { deflateSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { fetchProduct, makeEnvelope, outcomesOf, sendEnvelope, utf8 } from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

const int = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, value, true)
  return bytes
}
const name = (text: string): number[] => [...int(260), ...utf8(text.padEnd(260, '\0'))]

const CONTEXT =
  '<R><ErrorMessage>Fatal error!</ErrorMessage><__sentry>{"release":"game@2.0"}</__sentry></R>'
const FILES: [string, string][] = [
  ['UEMinidump.dmp', `MDMP${'\0'.repeat(40)}`],
  ['CrashContext.runtime-xml', CONTEXT],
  ['C:\\Game\\Saved\\Game.log', 'LogInit: started\n'],
  ['CrashReportClient.ini', '[CrashReportClient]'],
]

function makeBundle(): Uint8Array<ArrayBuffer> {
  const files = FILES.flatMap(([file, text], index) => [
    ...[...int(index), ...name(file)],
    ...[...int(text.length), ...utf8(text)],
  ])
  const header = [...name('UECC-1'), ...name('UECC-1.uecrash'), ...int(0), ...int(FILES.length)]
  return new Uint8Array(deflateSync(new Uint8Array([...utf8('CR1'), ...header, ...files])))
}

const post = ({ id }: TestProject, key: string, body: Uint8Array<ArrayBuffer>, query = '') =>
  fetchProduct(`/api/${id}/unreal/${key}/${query}`, { method: 'POST', body })
const filesOf = async ({ id }: TestProject, eventId: string) => {
  const store = env.PROJECT_STORE.getByName(`${id}:${new Date().toISOString().slice(0, 7)}`)
  const files = await store.listAttachments([eventId])
  return files.map((file) => [file.name, file.type])
}
const KEPT = [
  ['UEMinidump.dmp', 'event.minidump'],
  ['CrashContext.runtime-xml', 'unreal.context'],
  ['Game.log', 'unreal.logs'],
]

describe('a crash of Unreal Engine', () => {
  it('becomes an event with its files beside it, and is answered with a UUID', async () => {
    const project = await makeProject()
    const answer = await post(project, project.publicKey, makeBundle(), '?UserID=ada%7C%7C7')
    const uuid = await answer.text()
    expect([answer.status, uuid]).toEqual([
      200,
      expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    ])
    expect(await outcomesOf(project)).toContain('error accepted: 1')
    expect(await filesOf(project, uuid.replaceAll('-', ''))).toEqual(KEPT)
    const row = await env.DB.prepare('SELECT title, platform FROM issue WHERE project_id = ?')
      .bind(project.id)
      .first()
    expect(row).toMatchObject({ title: 'Minidump: Native crash, not yet symbolicated' })
  })

  it('comes in an envelope too, and is lost by its name where it cannot be read', async () => {
    const project = await makeProject()
    const id = newEventId()
    const body = makeEnvelope({ event_id: id }, [{ type: 'unreal_report' }, makeBundle()])
    expect((await sendEnvelope(project, body)).status).toBe(200)
    const broken = makeEnvelope({}, [{ type: 'unreal_report' }, 'no bundle'])
    expect((await sendEnvelope(project, broken)).status).toBe(200)
    const outcomes = await outcomesOf(project)
    expect(outcomes).toEqual(
      expect.arrayContaining(['error accepted: 1', 'error invalid process_unreal: 1']),
    )
    expect(await filesOf(project, id)).toEqual(KEPT)
  })

  it('is refused with a forged key, a second key, and what is no bundle', async () => {
    const project = await makeProject()
    const detailOf = async (answer: Response) => [
      answer.status,
      answer.headers.get('x-sentry-error'),
    ]
    const { publicKey } = project
    const twice = await post(project, publicKey, makeBundle(), `?sentry_key=${publicKey}`)
    expect((await detailOf(twice))[0]).toBe(401)
    expect((await post(project, '0'.repeat(32), makeBundle())).status).toBe(403)
    const refused = [400, 'invalid unreal crash report']
    expect(
      await detailOf(await post(project, publicKey, utf8('x') as Uint8Array<ArrayBuffer>)),
    ).toEqual(refused)
    const cut = makeBundle().subarray(0, 90)
    expect(await detailOf(await post(project, publicKey, cut))).toEqual(refused)
    const bomb = new Uint8Array(deflateSync(new Uint8Array(60 * 1024 * 1024)))
    expect(await (await post(project, publicKey, bomb)).json()).toMatchObject({
      causes: ['too_large'],
    })
    const get = await fetchProduct(`/api/${project.id}/unreal/${publicKey}/`)
    expect(get.status).toBe(405)
  })
})
