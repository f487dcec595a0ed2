import { beforeAll, describe, expect, it } from 'vitest'

import { ask, linksOf, makeUser, type TestUser } from '../../tests/journey/api-world.ts'
import { makeEnvelope, outcomesOf, sendEnvelope, settledLedger } from '../../tests/journey/send.ts'
import { makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'

let project: TestProject
let owner: TestUser

beforeAll(async () => {
  project = await makeProject()
  owner = await makeUser(1)
})

const read = async (path: string) => (await (await ask(owner, path)).json()) as unknown[]

describe('user feedback', () => {
  let eventId: string

  beforeAll(async () => {
    eventId = newEventId()
    const report = { event_id: eventId, comments: 'it broke', name: 'Jane', email: 'j@example.org' }
    const feedback = { contexts: { feedback: { message: 'still', associated_event_id: eventId } } }
    await sendEnvelope(
      project,
      makeEnvelope(
        { event_id: eventId },
        [{ type: 'event' }, '{"message":"boom"}'],
        [{ type: 'user_report' }, JSON.stringify(report)],
      ),
    )
    await settledLedger(project)
    await sendEnvelope(project, makeEnvelope({}, [{ type: 'feedback' }, JSON.stringify(feedback)]))
    await settledLedger(project)
  })

  it('is listed for its project, its event and its issue, latest first', async () => {
    const all = await read(`/projects/acme/${project.slug}/user-feedback/`)
    expect(all).toMatchObject([
      { eventID: eventId, comments: 'still', source: 'feedback' },
      {
        id: eventId,
        eventID: eventId,
        name: 'Jane',
        email: 'j@example.org',
        comments: 'it broke',
        dateCreated: expect.stringMatching(/Z$/),
        user: null,
        event: { id: eventId, eventID: eventId },
      },
    ])
    const about = `/projects/acme/${project.slug}/user-reports/?event=`
    expect(await read(`${about}${eventId}`)).toEqual(all)
    expect(await read(`${about}${newEventId()}`)).toEqual([])
    const [issue] = (await read(`/projects/acme/${project.slug}/issues/`)) as { id: string }[]
    expect(await read(`/issues/${issue!.id}/user-reports/`)).toEqual(all)
    const event = await ask(owner, `/projects/acme/${project.slug}/events/${eventId}/`)
    expect(((await event.json()) as { userReport: unknown }).userReport).toEqual(all[0])
  })

  it('is paged by the links of each page', async () => {
    const path = `/projects/acme/${project.slug}/user-feedback/?per_page=1`
    const first = await ask(owner, path)
    const { next } = linksOf(first)
    const second = await ask(owner, `${path}&cursor=${next}`)
    expect([await first.json(), await second.json()]).toMatchObject([
      [{ comments: 'still' }],
      [{ comments: 'it broke' }],
    ])
    expect(linksOf(second).next).toBeUndefined()
  })

  it('may be written with a token, is counted like any other, and refused when it says nothing', async () => {
    const other = await makeProject()
    const path = `/projects/acme/${other.slug}/user-feedback/`
    const write = (body: object) => ask(owner, path, { method: 'POST', body })
    const written = await write({ event_id: eventId, comments: 'by hand', name: 'Joe' })
    expect([written.status, await written.json()]).toMatchObject([200, { comments: 'by hand' }])
    expect(await outcomesOf(other)).toEqual(['feedback accepted: 1'])
    expect(await read(path)).toMatchObject([{ comments: 'by hand', name: 'Joe', email: null }])
    expect((await write({ event_id: eventId })).status).toBe(400)
    expect((await write({ event_id: 'x', comments: 'y' })).status).toBe(400)
    expect((await write({ event_id: eventId, comments: 'y'.repeat(5000) })).status).toBe(400)
    const reader = await makeUser(1, { scopes: 'event:read project:read' })
    expect((await ask(reader, path, { method: 'POST', body: {} })).status).toBe(403)
  })
})

describe('monitors', () => {
  const id = newEventId()
  const config = {
    schedule: { type: 'crontab', value: '0 3 * * *' },
    checkin_margin: 5,
    timezone: 'Europe/Vienna',
  }
  const checkIn = (fields: object) =>
    sendEnvelope(
      project,
      makeEnvelope({}, [
        { type: 'check_in' },
        JSON.stringify({ monitor_slug: 'nightly', ...fields }),
      ]),
    )

  beforeAll(async () => {
    await checkIn({ check_in_id: id, status: 'in_progress', monitor_config: config })
    await settledLedger(project)
    await checkIn({ check_in_id: id, status: 'ok', duration: 2.5 })
    await checkIn({ status: 'error', environment: 'staging' })
    await checkIn({ monitor_slug: 'weekly', status: 'ok' })
    await settledLedger(project)
  })

  it('are listed with their configuration and each environment’s latest report', async () => {
    const monitors = await read(`/organizations/acme/monitors/?project=${project.id}`)
    expect(monitors).toMatchObject([
      {
        id: `${project.id}-nightly`,
        slug: 'nightly',
        name: 'nightly',
        status: 'active',
        isMuted: false,
        owner: null,
        config: {
          schedule_type: 'crontab',
          schedule: '0 3 * * *',
          checkin_margin: 5,
          timezone: 'Europe/Vienna',
        },
        project: { slug: project.slug },
        environments: [
          { name: 'production', status: 'ok', nextCheckIn: null },
          { name: 'staging', status: 'error' },
        ],
      },
      { slug: 'weekly', config: {} },
    ])
    const query = `/organizations/acme/monitors/?projectSlug=${project.slug}`
    expect(await read(`${query}&query=WEEK`)).toMatchObject([{ slug: 'weekly' }])
    expect(await read(`${query}&environment=staging`)).toMatchObject([{ slug: 'nightly' }])
    const one = await ask(owner, `/projects/acme/${project.slug}/monitors/nightly/`)
    expect(await one.json()).toEqual(monitors[0])
  })

  it('have check-ins, a run being one however often it reports', async () => {
    const checkIns = await read(`/projects/acme/${project.slug}/monitors/nightly/checkins/`)
    expect(checkIns).toHaveLength(2)
    expect(checkIns).toContainEqual(
      expect.objectContaining({
        id,
        status: 'ok',
        duration: 2500,
        environment: 'production',
        dateInProgress: expect.stringMatching(/Z$/),
        expectedTime: null,
        monitorConfig: {},
      }),
    )
    const staging = `/organizations/acme/monitors/nightly/checkins/?environment=staging&project=${project.id}`
    expect(await read(staging)).toMatchObject([{ status: 'error', duration: null }])
  })

  it('are not found where nobody reports them', async () => {
    const other = await makeProject()
    const missing = `/projects/acme/${other.slug}/monitors/nightly/`
    expect((await ask(owner, missing)).status).toBe(404)
    expect((await ask(owner, `${missing}checkins/`)).status).toBe(404)
    expect(await read(`/organizations/acme/monitors/?project=${other.id}`)).toEqual([])
  })
})
