import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '#domain/identifier.ts'
import { ask, makeUser, type TestUser } from '../../tests/journey/api-world.ts'
import { makeEnvelope, sendEnvelope, settledLedger, utf8 } from '../../tests/journey/send.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'

interface Shown {
  id: string
  event_id: string
  name: string
  type: string
  mimetype: string
  size: number
  sha1: string
  dateCreated: string
}

const LARGE = new Uint8Array(300_000).fill(7)
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

let project: TestProject
let owner: TestUser
let eventId: string
let issueId: string
let shown: Shown[]

const attachmentsOf = (of: TestProject, id: string) =>
  `/projects/acme/${of.slug}/events/${id}/attachments/`
const read = async <Body>(path: string): Promise<Body> =>
  (await (await ask(owner, path)).json()) as Body

beforeAll(async () => {
  project = await makeProject()
  owner = await makeUser(1)
  eventId = newEventId()
  const body = makeEnvelope(
    { event_id: eventId },
    [{ type: 'event' }, '{"message":"boom"}'],
    [{ type: 'attachment', filename: 'nöte.txt', content_type: 'text/plain' }, 'hello'],
    [{ type: 'attachment', filename: 'core.bin' }, LARGE],
    [{ type: 'attachment', filename: 'x.svg', content_type: 'image/svg+xml' }, SVG],
    [{ type: 'attachment', filename: 'screenshot.png' }, 'PNG'],
    [
      { type: 'attachment', filename: 'v.json', attachment_type: 'event.view_hierarchy' },
      '{"windows":[]}',
    ],
  )
  await sendEnvelope(project, body)
  await settledLedger(project)
  shown = await read(attachmentsOf(project, eventId))
  const issues = await read<{ id: string }[]>(`/projects/acme/${project.slug}/issues/`)
  issueId = issues[0]!.id
})

const download = (name: string, query = '?download=1') => {
  const id = shown.find((attachment) => attachment.name === name)!.id
  return ask(owner, `${attachmentsOf(project, eventId)}${id}/${query}`)
}

describe('attachments of an event', () => {
  it('are listed as they came, with ids that last', async () => {
    expect(shown.map(({ name, type, mimetype, size }) => [name, type, mimetype, size])).toEqual([
      ['nöte.txt', 'event.attachment', 'text/plain', 5],
      ['core.bin', 'event.attachment', 'application/octet-stream', 300_000],
      ['x.svg', 'event.attachment', 'image/svg+xml', SVG.length],
      ['screenshot.png', 'event.attachment', 'image/png', 3],
      ['v.json', 'event.view_hierarchy', 'application/json', 14],
    ])
    expect(shown[0]).toMatchObject({
      event_id: eventId,
      sha1: 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d',
      dateCreated: expect.stringMatching(/Z$/),
    })
    expect(await read(attachmentsOf(project, eventId))).toEqual(shown)
  })

  it('tell their hash one by one, however large', async () => {
    const sha1 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-1', LARGE)))
    expect(shown[1]!.sha1).toBe('')
    expect(await (await download('core.bin', '')).json()).toEqual({ ...shown[1], sha1 })
  })

  it('come back byte for byte, small ones and large ones', async () => {
    expect(await (await download('nöte.txt', '?download')).text()).toBe('hello')
    const large = await download('core.bin')
    expect(new Uint8Array(await large.arrayBuffer())).toEqual(LARGE)
    expect(large.headers.get('content-length')).toBe('300000')
  })

  it('are saved, never shown, sniffed or run by a browser', async () => {
    const answer = await download('x.svg')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="x.svg"; filename*=UTF-8''x.svg`,
      'content-security-policy': "default-src 'none'; sandbox",
    })
    expect((await download('screenshot.png')).headers.get('content-type')).toBe('image/png')
    expect((await download('nöte.txt')).headers.get('content-disposition')).toBe(
      `attachment; filename="n_te.txt"; filename*=UTF-8''n%C3%B6te.txt`,
    )
  })

  it('are found through their issue, by type, and screenshots alone', async () => {
    const names = async (query: string) =>
      (await read<Shown[]>(`/issues/${issueId}/attachments/${query}`)).map(({ name }) => name)
    expect(await names('')).toHaveLength(5)
    expect(await names('?screenshot=1')).toEqual(['screenshot.png'])
    expect(await names('?types=event.view_hierarchy&types=event.minidump')).toEqual(['v.json'])
  })
})

describe('what is nobody else’s', () => {
  it('is not found by another project, event or organization, nor by an id that is made up', async () => {
    const other = await makeProject()
    const otherEvent = newEventId()
    const body = makeEnvelope({ event_id: otherEvent }, [{ type: 'event' }, '{"message":"other"}'])
    await sendEnvelope(other, body)
    await settledLedger(other)
    const stranger = await makeUser(2)
    const id = shown[0]!.id
    const own = `${attachmentsOf(project, eventId)}${id}/`
    expect((await ask(owner, own)).status).toBe(200)
    const paths = [
      `${attachmentsOf(other, otherEvent)}${id}/?download=1`,
      `${attachmentsOf(other, eventId)}${id}/?download=1`,
      `${attachmentsOf(project, newEventId())}${id}/?download=1`,
      `${attachmentsOf(project, eventId)}${id.replace(/\d+$/, '1')}/`,
      `${attachmentsOf(project, eventId)}..%2f${id}/`,
      `${attachmentsOf(project, eventId)}constructor/`,
    ]
    for (const path of paths) expect([path, (await ask(owner, path)).status]).toEqual([path, 404])
    expect((await ask(stranger, own)).status).toBe(404)
  })

  it('is not opened even if a row named it', async () => {
    const other = await makeProject()
    const secret = `90d/${other.id}/2026-11/secret.blob`
    await env.RAW.put(secret, 'of another project')
    const id = newEventId()
    const blob = { key: secret, bytes: 18 }
    const reference = JSON.stringify({ location: secret, blob })
    const body = makeEnvelope(
      { event_id: id },
      [{ type: 'event' }, '{"message":"thief"}'],
      [{ type: 'attachment', filename: 'a', blob, stored: blob, key: secret }, reference],
    )
    await sendEnvelope(project, body)
    await settledLedger(project)
    const [planted] = await read<Shown[]>(attachmentsOf(project, id))
    const path = `${attachmentsOf(project, id)}${planted!.id}/?download=1`
    expect(await (await ask(owner, path)).text()).toBe(reference)

    const month = new Date().toISOString().slice(0, 7)
    const stub = env.PROJECT_STORE.getByName(`${project.id}:${month}`)
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec('UPDATE attachment SET blob = ? WHERE event_id = ?', secret, id)
    })
    expect((await ask(owner, path)).status).toBe(404)
  })
})

describe('deleting an attachment', () => {
  it('takes a right, and leaves neither row nor object', async () => {
    const id = newEventId()
    const body = makeEnvelope(
      { event_id: id },
      [{ type: 'event' }, '{"message":"gone"}'],
      [{ type: 'attachment', filename: 'core.bin' }, LARGE],
      [{ type: 'attachment', filename: 'stays.txt' }, utf8('x')],
    )
    await sendEnvelope(project, body)
    await settledLedger(project)
    const [first] = await read<Shown[]>(attachmentsOf(project, id))
    const path = `${attachmentsOf(project, id)}${first!.id}/`
    const reader = await makeUser(1, { scopes: 'event:read project:read' })
    const blobs = async () =>
      (await env.RAW.list({ prefix: `90d/${project.id}/` })).objects.filter(({ key }) =>
        key.endsWith('.blob'),
      ).length
    const before = await blobs()
    expect((await ask(reader, path, { method: 'DELETE' })).status).toBe(403)
    expect((await ask(owner, path, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(owner, path, { method: 'DELETE' })).status).toBe(404)
    expect((await read<Shown[]>(attachmentsOf(project, id))).map(({ name }) => name)).toEqual([
      'stays.txt',
    ])
    expect(await blobs()).toBe(before - 1)
  })
})
