import { describe, expect, it } from 'vitest'

import { ask, makeUser } from './api-world.ts'
import { makeEnvelope, outcomesOf, sendEnvelope } from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

const frame = (name: string, filename: string) => ({
  function: name,
  filename,
  abs_path: `/srv/${filename}`,
  in_app: true,
})

function makeError(value: string, names: string[] = ['main', 'charge']) {
  const frames = names.map((name) => frame(name, 'app/checkout.py'))
  const values = [{ type: 'PaymentError', value, stacktrace: { frames } }]
  return { platform: 'python', exception: { values } }
}

async function send(project: TestProject, ...events: object[]): Promise<string[]> {
  const ids: string[] = []
  for (const event of events) {
    const event_id = newEventId()
    ids.push(event_id)
    await sendEnvelope(
      project,
      makeEnvelope({ event_id }, [{ type: 'event' }, JSON.stringify(event)]),
    )
  }
  await outcomesOf(project)
  return ids
}

async function callApi(path: string, method = 'GET', body?: object) {
  const answer = await ask(await caller, path, { method, body })
  return { status: answer.status, body: (await answer.json()) as object }
}

const caller = makeUser(1)

const titlesOf = async ({ id }: TestProject) =>
  (
    await env.DB.prepare('SELECT title FROM issue WHERE project_id = ? ORDER BY short_number')
      .bind(id)
      .all<{ title: string }>()
  ).results.map(({ title }) => title)

describe('how a project groups', () => {
  it('is explained for every event: variants, hashes, and sentences', async () => {
    const project = await makeProject()
    const [id] = await send(project, makeError('card 4242 declined'))
    const answer = await callApi(`/projects/acme/${project.slug}/events/${id}/grouping-info/`)
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      grouping_config: expect.stringMatching(/^(?:picket|newstyle):/),
      variants: { app: { hash: expect.stringMatching(/^[0-9a-f]{32}$/), hashMismatch: false } },
      summary: expect.arrayContaining([expect.stringContaining('Grouped by')]),
    })
  })

  it('changes with its rules, for the next event, and tells where a rule cannot be read', async () => {
    const project = await makeProject()
    const path = `/projects/acme/${project.slug}/`
    await send(project, makeError('one', ['a']), makeError('two', ['b']))
    expect(await titlesOf(project)).toHaveLength(2)
    const saved = await callApi(path, 'PUT', {
      fingerprintingRules: 'error.type:PaymentError -> payment title="Payments fail"',
      groupingEnhancements: 'stack.function:noise* -app',
    })
    expect(saved.body).toMatchObject({ groupingEnhancements: 'stack.function:noise* -app' })
    await send(project, makeError('three', ['c']), makeError('four', ['d']))
    expect(await titlesOf(project)).toEqual([
      'PaymentError: one',
      'PaymentError: two',
      'Payments fail',
    ])
    const refused = await callApi(path, 'PUT', {
      fingerprintingRules: 'error.type:A -> a\nnonsense',
    })
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).toContain('Line 2, column')
  })

  it('may move to another version without a burst of new issues', async () => {
    const project = await makeProject()
    const path = `/projects/acme/${project.slug}/`
    await callApi(path, 'PUT', { groupingConfig: 'newstyle:2023-01-11' })
    await send(project, makeError('one'))
    const moved = await callApi(path, 'PUT', { groupingConfig: 'newstyle:2026-01-20' })
    expect(moved.body).toMatchObject({ secondaryGroupingConfig: 'newstyle:2023-01-11' })
    await send(project, makeError('one'), makeError('one'))
    expect(await titlesOf(project)).toHaveLength(1)
    const unknown = await callApi(path, 'PUT', { groupingConfig: 'oldstyle:1999' })
    expect(unknown.status).toBe(400)
  })

  it('shows frames as its rules see them', async () => {
    const project = await makeProject()
    await callApi(`/projects/acme/${project.slug}/`, 'PUT', {
      groupingEnhancements: 'stack.function:charge -app',
    })
    const [id] = await send(project, makeError('one'))
    const { body } = await callApi(`/projects/acme/${project.slug}/events/${id}/`)
    expect(body).toMatchObject({
      entries: [
        {
          type: 'exception',
          data: {
            values: [
              {
                stacktrace: {
                  frames: [
                    { function: 'main', inApp: true },
                    { function: 'charge', inApp: false },
                  ],
                },
              },
            ],
          },
        },
      ],
    })
  })

  it('calls an event as its issue: by its rules, and by the exception it is about', async () => {
    const project = await makeProject()
    await callApi(`/projects/acme/${project.slug}/`, 'PUT', {
      fingerprintingRules: 'error.type:PaymentError -> payment title="Payments fail"',
    })
    const part = (exception_id: number, parent_id: number | undefined, more: object) => ({
      mechanism: { type: 'generic', exception_id, parent_id, ...more },
    })
    const group = {
      platform: 'python',
      exception: {
        values: [
          { type: 'KeyError', value: 'sku', ...part(1, 0, {}) },
          {
            type: 'ExceptionGroup',
            value: 'two',
            ...part(0, undefined, { is_exception_group: true }),
          },
        ],
      },
    }
    const ids = await send(project, makeError('one'), group)
    const titles = ids.map(async (id) => {
      const { body } = await callApi(`/projects/acme/${project.slug}/events/${id}/`)
      return (body as { title: string }).title
    })
    expect(await Promise.all(titles)).toEqual(['Payments fail', 'KeyError: sku'])
    expect((await titlesOf(project)).sort()).toEqual(['KeyError: sku', 'Payments fail'])
  })
})
