import { describe, expect, it } from 'vitest'
import type { PicketEvent } from '../event/event.ts'
import { makeEvent } from './make-event.ts'
import { scrubEvent, scrubEventWithHits } from './scrub-event.ts'
import { DEFAULT_SCRUBBING } from './scrubbing.ts'

describe('GraphQL', () => {
  const request = (data: PicketEvent['request']) => ({ ...data, api_target: 'graphql' })
  const response = { type: 'response', data: { data: { user: { name: 'Jane', age: 5 } }, x: 1 } }

  it('filters the variables, and what the answer has of their names', () => {
    const event = makeEvent({
      request: request({ data: { query: 'q', variables: { name: 'Jane', deep: { a: 1 } } } }),
      contexts: { response },
    })
    const { event: scrubbed, hits } = scrubEventWithHits(event, DEFAULT_SCRUBBING)
    expect(hits.map(({ path }) => path)).toEqual([
      'request.data.variables',
      'contexts.response.data.data',
    ])
    expect(scrubEventWithHits(scrubbed, DEFAULT_SCRUBBING)).toEqual({ event: scrubbed, hits: [] })
    expect(scrubbed.request?.data).toEqual({
      query: 'q',
      variables: { name: '[Filtered]', deep: '[Filtered]' },
    })
    expect(scrubbed.contexts?.response?.data).toEqual({
      data: { user: { name: '[Filtered]', age: 5 } },
      x: 1,
    })
  })

  it('drops the answer to a request without variables', () => {
    const event = makeEvent({ request: request({ data: { query: 'q' } }), contexts: { response } })
    expect(scrubEvent(event, DEFAULT_SCRUBBING).contexts?.response?.data).toEqual({ x: 1 })
  })

  it('leaves other events alone', () => {
    const event = makeEvent({
      request: { data: { variables: { a: 'b' } } },
      contexts: { response },
    })
    expect(scrubEvent(event, DEFAULT_SCRUBBING)).toEqual(event)
  })
})
