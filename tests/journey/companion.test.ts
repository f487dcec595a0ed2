import { describe, expect, it } from 'vitest'

import { decodePack } from '#domain/pack/pack-format.ts'
import { readPackedItem } from '#store/packed-item.ts'
import { makeEnvelope, outcomesOf, sendEnvelope, settledLedger } from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

const storeOf = ({ id }: TestProject) =>
  env.PROJECT_STORE.getByName(`${id}:${new Date().toISOString().slice(0, 7)}`)

describe('what comes beside errors', () => {
  it('keeps attachments with their event, small ones in the pack and large ones beside it', async () => {
    const project = await makeProject()
    const id = newEventId()
    const large = new Uint8Array(200_000).fill(7)
    const body = makeEnvelope(
      { event_id: id },
      [{ type: 'event' }, '{"message":"boom"}'],
      [{ type: 'attachment', filename: 'note.txt', content_type: 'text/plain' }, 'hello'],
      [{ type: 'attachment', filename: 'empty.log' }, ''],
      [{ type: 'attachment', filename: 'core.bin' }, large],
    )
    expect((await sendEnvelope(project, body)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      'attachment accepted: 200006',
      'attachment_item accepted: 3',
      'error accepted: 1',
    ])
    const attachments = await storeOf(project).listAttachments([id])
    expect(attachments.map(({ name, bytes, blob }) => [name, bytes, blob !== null])).toEqual([
      ['note.txt', 5, false],
      ['empty.log', 0, false],
      ['core.bin', 200_000, true],
    ])
    const object = await env.RAW.get(attachments[2]!.blob!)
    expect(new Uint8Array(await object!.arrayBuffer())).toEqual(large)
  })

  it('counts sessions by release, environment and hour, and knows no user by name', async () => {
    const project = await makeProject()
    const started = new Date().toISOString()
    const attrs = { release: 'shop@1.0', environment: 'production' }
    const session = (fields: object) =>
      JSON.stringify({ started, attrs, did: 'jane@example.org', ...fields })
    const sid = crypto.randomUUID()
    const body = makeEnvelope(
      {},
      [{ type: 'session' }, session({ sid, init: true })],
      [{ type: 'session' }, session({ sid, status: 'crashed' })],
      [
        { type: 'sessions' },
        JSON.stringify({ attrs, aggregates: [{ started, exited: 5, errored: 2 }] }),
      ],
      [{ type: 'session' }, session({ attrs: { release: 'latest' } })],
    )
    expect((await sendEnvelope(project, body)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      'session accepted: 3',
      'session invalid invalid_session: 1',
    ])
    const [counter, ...others] = await storeOf(project).listSessions(0, Date.now() + 1)
    expect(others).toEqual([])
    expect(counter).toMatchObject({ release: 'shop@1.0', environment: 'production' })
    expect(counter!.counts).toMatchObject({ total: 8, crashed: 1, erroredInBuckets: 2 })
  })

  it('keeps check-ins, crash reports and feedback where they can be listed', async () => {
    const project = await makeProject()
    const id = newEventId()
    const body = makeEnvelope(
      { event_id: id },
      [{ type: 'check_in' }, '{"monitor_slug":"nightly","status":"ok","duration":2.5}'],
      [
        { type: 'user_report' },
        JSON.stringify({ event_id: id, comments: 'it broke', name: 'Jane' }),
      ],
    )
    const feedback = { contexts: { feedback: { message: 'lovely', associated_event_id: id } } }
    await sendEnvelope(project, body)
    await sendEnvelope(project, makeEnvelope({}, [{ type: 'feedback' }, JSON.stringify(feedback)]))
    expect(await outcomesOf(project)).toEqual(['feedback accepted: 2', 'monitor accepted: 1'])
    expect(await storeOf(project).listCheckIns('nightly', Date.now() + 1, 10)).toMatchObject([
      { status: 'ok', durationMs: 2500, environment: 'production' },
    ])
    const written = await storeOf(project).listFeedbackOf([id])
    expect(written.map(({ message }) => message).sort()).toEqual(['it broke', 'lovely'])
  })

  it('makes an event of a browser report', async () => {
    const project = await makeProject()
    const report = {
      'csp-report': {
        'document-uri': 'https://shop.example/',
        'violated-directive': 'img-src',
        'blocked-uri': 'https://evil.example/x.png',
      },
    }
    await sendEnvelope(
      project,
      makeEnvelope({}, [{ type: 'raw_security' }, JSON.stringify(report)]),
    )
    expect(await outcomesOf(project)).toEqual(['security accepted: 1'])
    const issue = await env.DB.prepare('SELECT title, type FROM issue WHERE project_id = ?')
      .bind(project.id)
      .first()
    expect(issue).toMatchObject({ type: 'csp' })
  })

  it('makes an event of each report of a list, and loses what is none alone', async () => {
    const project = await makeProject()
    const csp = (name: string) => ({
      'csp-report': { 'violated-directive': 'img-src', 'blocked-uri': `https://${name}.example/` },
    })
    const reports = JSON.stringify([csp('one'), csp('two'), { odd: true }])
    const event_id = newEventId()
    await sendEnvelope(project, makeEnvelope({ event_id }, [{ type: 'raw_security' }, reports]))
    expect(await outcomesOf(project)).toEqual([
      'security accepted: 2',
      'security invalid security_report_type: 1',
    ])
    expect(await storeOf(project).findEvent(event_id)).toMatchObject({ eventId: event_id })
  })

  it('keeps transactions whole, with their spans counted, until there is a page for them', async () => {
    const project = await makeProject()
    const now = Date.now() / 1000
    const trace = { trace_id: newEventId(), span_id: 'a'.repeat(16) }
    const transaction = {
      type: 'transaction',
      transaction: '/checkout',
      start_timestamp: now - 1,
      timestamp: now,
      contexts: { trace },
      spans: [
        {
          ...trace,
          span_id: 'b'.repeat(16),
          parent_span_id: trace.span_id,
          start_timestamp: now - 1,
          timestamp: now,
        },
      ],
    }
    await sendEnvelope(
      project,
      makeEnvelope({}, [{ type: 'transaction' }, JSON.stringify(transaction)]),
    )
    expect(await outcomesOf(project)).toEqual([
      'span accepted: 2',
      'transaction accepted: 1',
      'transaction_indexed accepted: 1',
    ])
  })
})

describe('what has no page yet', () => {
  it('is kept, scrubbed and counted to the unit: spans, logs, metrics, replays, profiles', async () => {
    const project = await makeProject()
    const trace_id = newEventId()
    const now = Date.now() / 1000
    const container = (...items: object[]) => JSON.stringify({ version: 2, items })
    const log = { timestamp: now, trace_id, level: 'warn', body: 'password=hunter22 stock low' }
    const span = {
      trace_id,
      span_id: 'a'.repeat(16),
      name: 'GET /',
      status: 'ok',
      start_timestamp: now - 1,
      end_timestamp: now,
    }
    const header = (type: string, name: string, item_count: number) => ({
      type,
      item_count,
      content_type: `application/vnd.sentry.items.${name}+json`,
    })
    const body = makeEnvelope(
      { event_id: newEventId() },
      [header('log', 'log', 2), container(log, { broken: true })],
      [header('span', 'span.v2', 1), container(span)],
      [{ type: 'profile', platform: 'node' }, JSON.stringify({ version: '1' })],
      [{ type: 'replay_event' }, JSON.stringify({ replay_id: trace_id, segment_id: 0 })],
      [{ type: 'replay_recording' }, '{"segment_id":0}\n[]'],
      [{ type: 'statsd' }, 'requests@none:1|c|#route:home'],
    )
    expect((await sendEnvelope(project, body)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      'log_byte accepted: 27',
      'log_byte invalid invalid_log: 1',
      'log_item accepted: 1',
      'log_item invalid invalid_log: 1',
      'metric_bucket accepted: 1',
      'profile accepted: 1',
      'profile_backend accepted: 1',
      'profile_indexed accepted: 1',
      'replay accepted: 2',
      'span accepted: 1',
      'span_indexed accepted: 1',
    ])
    expect((await settledLedger(project)).difference).toEqual({})
    const packs = await env.RAW.list({ prefix: `90d/${project.id}/` })
    expect(packs.objects).toHaveLength(1)
    const pack = new Uint8Array(await (await env.RAW.get(packs.objects[0]!.key))!.arrayBuffer())
    const entries = decodePack(pack)
    const texts = entries.ok
      ? entries.value.map(
          ({ offset, length }) => readPackedItem(pack.subarray(offset, offset + length)).payload,
        )
      : []
    expect(texts.join()).not.toContain('hunter22')
    expect(texts.join()).toContain('stock low')
  })
})
