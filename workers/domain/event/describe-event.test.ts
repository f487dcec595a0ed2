import { describe, expect, it } from 'vitest'

import { describeEvent } from './describe-event.ts'
import type { PicketEvent } from './event.ts'

function makeEvent(fields: Partial<PicketEvent>): PicketEvent {
  return {
    event_id: '0'.repeat(32),
    timestamp: 1_772_359_200,
    received: 1_772_359_200,
    type: 'error',
    level: 'error',
    platform: 'node',
    ...fields,
  }
}

const stacktrace = { frames: [{ function: 'warn', filename: 'stock.js', in_app: true }] }
const mechanism = { type: 'generic', handled: true, synthetic: true }

describe('the name of an error event', () => {
  it('is type and value of its last exception', () => {
    const values = [
      { type: 'KeyError', value: 'sku' },
      { type: 'StockError', value: 'no stock\nof anything', stacktrace },
    ]
    expect(describeEvent(makeEvent({ exception: { values } }))).toMatchObject({
      title: 'StockError: no stock',
      location: 'stock.js',
      metadata: { type: 'StockError', function: 'warn', filename: 'stock.js' },
    })
  })

  it('is its function when the exception stands for a signal', () => {
    const values = [{ type: 'SIGSEGV', value: 'Segfault', mechanism, stacktrace }]
    expect(describeEvent(makeEvent({ exception: { values } })).title).toBe('warn')
  })

  it('is the message when the exception only says where it was said', () => {
    const values = [{ value: 'stock is negative', mechanism, stacktrace }]
    const logentry = { formatted: 'stock is negative' }
    expect(describeEvent(makeEvent({ exception: { values }, logentry }))).toMatchObject({
      title: 'stock is negative',
      location: 'stock.js',
      metadata: { title: 'stock is negative', function: 'warn' },
    })
  })
})
