import { beforeAll, describe, expect, it } from 'vitest'

import { breadcrumbs, exceptions, frameOf, tags } from '../sdk/event-parts.ts'
import { buildCargo } from '../sdk/install.ts'
import { findIssue, received, settledLedger } from '../sdk/picket.ts'
import { runToEnd } from '../sdk/run-client.ts'
import { hasTool } from '../sdk/toolchain.ts'

describe.skipIf(!hasTool('cargo'))('Rust’s sentry', () => {
  let command: string

  beforeAll(async () => {
    command = await buildCargo('rust', 'client')
  })

  it('brings the panic a program ends in, and the session that crashed with it', async () => {
    const before = await settledLedger()
    expect((await runToEnd({ name: 'rust', command, args: [] })).code).toBe(101)
    const { issue, event } = await findIssue('panic: the shelf is empty')
    expect(issue).toMatchObject({ level: 'fatal', platform: 'native', isUnhandled: true })
    expect(exceptions(event)).toMatchObject([{ type: 'panic', value: 'the shelf is empty' }])
    expect(frameOf(event, 'client::Shelf::heaviest')).toMatchObject({ inApp: true, lineNo: 11 })
    expect(tags(event)).toMatchObject({
      environment: 'production',
      release: 'stock@0.3.0',
      shelf: 'A7',
    })
    expect(breadcrumbs(event)).toMatchObject([{ message: 'counting' }])
    expect(event.contexts['rust']).toMatchObject({ name: 'rustc' })
    expect(event.sdk).toMatchObject({ name: 'sentry.rust', version: '0.49.5' })
    const after = await settledLedger(
      (ledger) => received(ledger, 'session') > received(before, 'session'),
    )
    expect(after.difference).toBe(0)
  })
})
