import { describe, expect, it } from 'vitest'

import type { PicketEvent } from '#domain/event/event.ts'
import { groupEvent, hashGrouping } from './group-event.ts'

const event = (fields: Partial<PicketEvent>): PicketEvent => ({
  event_id: 'a'.repeat(32),
  timestamp: 1,
  received: 1,
  type: 'default',
  level: 'error',
  platform: 'python',
  ...fields,
})

const hash = (fields: Partial<PicketEvent>) => hashGrouping(groupEvent(event(fields)))

describe('the first grouping', () => {
  it('joins messages that differ in numbers and ids, and keeps others apart', async () => {
    const first = await hash({ logentry: { formatted: 'order 12 failed' } })
    expect(first).toMatch(/^[0-9a-f]{32}$/)
    expect(await hash({ logentry: { formatted: 'order 4711 failed' } })).toBe(first)
    expect(await hash({ logentry: { formatted: 'order 4711 shipped' } })).not.toBe(first)
  })

  it('sees in-app frames only where there are some', async () => {
    const raised = (frames: string[], helper: string) =>
      hash({
        exception: {
          values: [
            {
              type: 'TypeError',
              stacktrace: {
                frames: [
                  { function: helper, in_app: false },
                  ...frames.map((name) => ({ function: name, in_app: true })),
                ],
              },
            },
          ],
        },
      })
    expect(await raised(['pay'], 'react17')).toBe(await raised(['pay'], 'react18'))
    expect(await raised(['pay'], 'react18')).not.toBe(await raised(['cancel'], 'react18'))
    expect(await raised([], 'react17')).not.toBe(await raised([], 'react18'))
  })

  it('lets the client decide, wholly or beside the default', async () => {
    const one = { logentry: { formatted: 'one' } }
    const two = { logentry: { formatted: 'two' } }
    expect(await hash({ ...one, fingerprint: ['x'] })).toBe(
      await hash({ ...two, fingerprint: ['x'] }),
    )
    const both = ['{{ default }}', 'x']
    expect(await hash({ ...one, fingerprint: both })).not.toBe(
      await hash({ ...two, fingerprint: both }),
    )
  })
})
