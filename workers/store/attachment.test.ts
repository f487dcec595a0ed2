import { expect, it } from 'vitest'
import { encodePack } from '#domain/pack/pack-format.ts'
import { makePackId } from '#domain/pack/pack-id.ts'
import { processPack } from '#process/pack.ts'
import { stores } from '../../tests/journey/api-world.ts'
import { env, makeProject, newEventId } from '../../tests/journey/world.ts'
import { attachmentId, findAttachment, listAttachments } from './attachment.ts'
import { packKey } from './blob.ts'
import { packItem } from './packed-item.ts'

it('finds attachments of the month of their event, of the next and, just before it, of the last', async () => {
  const project = await makeProject()
  const eventId = newEventId()
  const attach = async (name: string, at: number) => {
    const meta = { receivedAt: at, quantities: [], header: { filename: name } }
    const bytes = encodePack([packItem('attachment', eventId, meta, name)])
    const packId = makePackId(at, crypto.getRandomValues(new Uint8Array(16)))
    const month = new Date(at).toISOString().slice(0, 7)
    const key = packKey('90d', project.id, month, packId)
    await env.RAW.put(key, bytes)
    const pack = { projectId: project.id, month, packId, key, items: 1, bytes: bytes.length }
    await processPack({ version: 1, ...pack }, stores, at)
  }
  const eventAt = Date.parse('2026-09-01T00:00:30Z')
  await attach('early', eventAt - 60_000)
  await attach('soon', eventAt + 60_000)
  await attach('late', Date.parse('2026-10-30T00:00:00Z'))
  await attach('too late', Date.parse('2026-11-02T00:00:00Z'))
  const now = Date.parse('2026-11-20T00:00:00Z')
  const found = await listAttachments(stores, project.id, [{ eventId, at: eventAt }], now)
  expect(found.map(({ name }) => name)).toEqual(['early', 'soon', 'late'])
  const late = found[2]!
  expect(await findAttachment(stores, project.id, eventId, attachmentId(late))).toEqual(late)
  expect(await findAttachment(stores, project.id, newEventId(), attachmentId(late))).toBeNull()
  expect(await findAttachment(stores, project.id + 1, eventId, attachmentId(late))).toBeNull()
})
