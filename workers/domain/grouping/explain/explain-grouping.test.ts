import { describe, expect, it } from 'vitest'

import { makeError, makeFrames, SENTRY } from '../make-event.ts'
import { explainGrouping } from './explain-grouping.ts'

const event = makeError(
  {
    type: 'TypeError',
    value: 'x',
    stacktrace: makeFrames(
      { function: 'main', module: 'app', in_app: true },
      { function: 'send', abs_path: '/srv/site-packages/lib.py', in_app: true },
      { function: 'write', in_app: false },
    ),
  },
  { fingerprint: ['{{ default }}', 'gold'] },
)

describe('explaining a grouping', () => {
  it('shows every variant with its tree, as Sentry does', () => {
    const { grouping_config, variants } = explainGrouping(event, SENTRY)
    expect(grouping_config).toBe('newstyle:2026-01-20')
    expect(Object.keys(variants)).toEqual(['app', 'system'])
    expect(variants['app']).toMatchObject({
      key: 'app',
      type: 'salted_component',
      description: 'exception stack trace, in-app frames',
      contributes: true,
      hint: null,
      hashMismatch: false,
      values: ['{{ default }}', 'gold'],
      client_values: ['{{ default }}', 'gold'],
      config: { id: 'newstyle:2026-01-20' },
      component: {
        id: 'app',
        name: 'in-app',
        values: [
          {
            id: 'exception',
            values: [
              { id: 'type', contributes: true, values: ['TypeError'] },
              { id: 'value', contributes: false, hint: 'the stack trace says more', values: ['x'] },
              {
                id: 'stacktrace',
                values: [
                  { id: 'frame', contributes: true, hint: null },
                  {
                    contributes: false,
                    hint: 'not in-app by the rule path:**/site-packages/** -app',
                  },
                  { contributes: false, hint: 'not in-app' },
                ],
              },
            ],
          },
        ],
      },
    })
    expect(variants['app']!.hash).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is plain JSON', () => {
    const info = explainGrouping(event, SENTRY)
    expect(JSON.parse(JSON.stringify(info))).toEqual(info)
  })

  it('says in sentences what counts and what does not, and by which rule', () => {
    expect(explainGrouping(event, SENTRY).summary).toEqual([
      'Grouped by exception stack trace, in-app frames.',
      'Grouped by exception stack trace, all frames.',
      'The SDK asks for the fingerprint “{{ default }}”, “gold”.',
      'Of 3 frames 1 count for exception stack trace, in-app frames; ignored: 1 (not in-app by the rule path:**/site-packages/** -app), 1 (not in-app).',
      'Of 3 frames 3 count for exception stack trace, all frames.',
    ])
    const config = { ...SENTRY, fingerprinting: 'type:TypeError -> types' }
    const { variants, summary } = explainGrouping(event, config)
    expect(summary).toEqual([
      'Grouped by fingerprint by a rule of the project.',
      'The rule type:"TypeError" -> "types" asks for the fingerprint “types”.',
      'Not by exception stack trace, in-app frames: the fingerprint by a rule of the project takes precedence.',
      'Not by exception stack trace, all frames: the fingerprint by a rule of the project takes precedence.',
    ])
    expect(variants['custom_server_fingerprint']).toMatchObject({
      type: 'custom_fingerprint',
      matched_rule: 'type:"TypeError" -> "types"',
      values: ['types'],
    })
  })

  it('tells hashes that the stored event does not have', () => {
    const { variants } = explainGrouping(event, SENTRY, [])
    const hash = variants['app']!.hash!
    expect(variants['app']!.hashMismatch).toBe(true)
    const again = explainGrouping(event, SENTRY, [hash]).variants
    expect(again['app']!.hashMismatch).toBe(false)
  })
})
