import { describe, expect, it } from 'vitest'
import type { Event } from '#contract/event.ts'
import { eventMarkdown } from './event-markdown.ts'

function makeEvent(change: Partial<Event>): Event {
  return {
    id: 'a'.repeat(32),
    eventID: 'a'.repeat(32),
    groupID: '1',
    projectID: '1',
    title: 'TypeError: x is undefined',
    type: 'error',
    entries: [],
    tags: [],
    contexts: {},
    context: {},
    errors: [],
    metadata: {},
    ...change,
  }
}

describe('eventMarkdown', () => {
  it('tells the chain, the frames and the source where it broke', () => {
    const frame = { function: 'pay', filename: 'pay.js', lineNo: 2, inApp: true }
    const context = [
      [1, 'a()'],
      [2, 'b()'],
    ]
    const values = [
      { type: 'Cause', value: 'deep down' },
      { type: 'TypeError', value: 'x', stacktrace: { frames: [{ ...frame, context }] } },
    ]
    const event = makeEvent({ entries: [{ type: 'exception', data: { values } }] })
    expect(eventMarkdown(event, 'http://p/1')).toBe(`# TypeError: x is undefined

- Event: ${'a'.repeat(32)}
- Link: http://p/1

## TypeError

\`\`\`
x

> pay (pay.js:2)
    1 | a()
  → 2 | b()
\`\`\`

## Caused by: Cause

\`\`\`
deep down
\`\`\`
`)
  })

  it('does not let content end its fence', () => {
    const values = [{ type: 'Error', value: 'before\n```\nafter' }]
    const event = makeEvent({ entries: [{ type: 'exception', data: { values } }] })
    expect(eventMarkdown(event, 'http://p/1')).toContain('````\nbefore\n```\nafter\n````')
  })

  it('keeps a title on its line', () => {
    expect(eventMarkdown(makeEvent({ title: 'a\n# b' }), 'http://p/1')).toMatch(/^# a # b\n/)
  })
})
