import { describe, expect, it } from 'vitest'

import { readRange } from '#store/blob.ts'
import { openPackedItem } from '#store/packed-item.ts'
import { makeEnvelope, outcomesOf, sendEnvelope } from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

/** Rules for files called `*.log`, and for the stacks of crashes. */
const OPTIONS = {
  scrubbing: {
    advanced: {
      project: {
        rules: { badge: { type: 'pattern', pattern: 'B-[0-9]{4}', redaction: { method: 'mask' } } },
        applications: { "$attachments.'app.log'": ['badge'] },
      },
    },
  },
}
const LINE = 'door opened by B-1234 at noon\n'
const MASKED = 'door opened by ****** at noon\n'

async function send(project: TestProject, filename: string, payload: string | Uint8Array) {
  const event_id = newEventId()
  const body = makeEnvelope({ event_id }, [{ type: 'attachment', filename }, payload])
  const answer = await sendEnvelope(project, body)
  return { status: answer.status, event_id }
}

/** The bytes of the file as they rest. */
async function resting(project: TestProject, eventId: string): Promise<string> {
  await outcomesOf(project)
  const month = new Date().toISOString().slice(0, 7)
  const store = env.PROJECT_STORE.getByName(`${project.id}:${month}`)
  const [file] = await store.listAttachments([eventId])
  if (file!.blob) return (await env.RAW.get(file!.blob))!.text()
  const { payload } = openPackedItem(await readRange(env.RAW, file!.packKey, file!))
  return new TextDecoder().decode(payload)
}

const blobsOf = async ({ id }: TestProject) =>
  (await env.RAW.list({ prefix: `90d/${id}/` })).objects.filter(({ key }) => key.endsWith('.blob'))

describe('rules for attachments', () => {
  it('reach into the files they name, small and large, and their length stays', async () => {
    const project = await makeProject({ options: OPTIONS })
    const small = await send(project, 'app.log', LINE)
    const large = await send(project, 'app.log', LINE.repeat(20_000))
    expect(await resting(project, small.event_id)).toBe(MASKED)
    expect(await resting(project, large.event_id)).toBe(MASKED.repeat(20_000))
    // What came in is gone: only the scrubbed file rests.
    expect(await blobsOf(project)).toHaveLength(1)
  })

  it('leave other files as they came, byte for byte', async () => {
    const project = await makeProject({ options: OPTIONS })
    const { event_id } = await send(project, 'other.log', `${LINE}password=hunter22xy`)
    expect(await resting(project, event_id)).toBe(`${LINE}password=hunter22xy`)
  })

  it('lose by name what is too large to be searched', async () => {
    const project = await makeProject({ options: OPTIONS })
    const huge = new Uint8Array(25 * 1024 * 1024)
    expect((await send(project, 'app.log', huge)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      `attachment invalid too_large:attachment: ${huge.length}`,
      'attachment_item invalid too_large:attachment: 1',
    ])
    expect(await blobsOf(project)).toEqual([])
  })

  it('are none by default', async () => {
    const project = await makeProject()
    const { event_id } = await send(project, 'app.log', `${LINE}password=hunter22xy`)
    expect(await resting(project, event_id)).toBe(`${LINE}password=hunter22xy`)
  })
})
