import { describe, expect, it } from 'vitest'

import { checkPiiConfig } from './check-pii-config.ts'

const pattern = (source: string) => ({ type: 'pattern', pattern: source })

describe('checkPiiConfig', () => {
  it('takes rules of every type, as an object or as text', () => {
    const config = {
      rules: {
        id: {
          type: 'pattern',
          pattern: 'C-\\d+',
          replaceGroups: [0],
          redaction: { method: 'mask' },
        },
        pair: { type: 'redact_pair', keyPattern: '(?i)internal' },
        both: { type: 'multiple', rules: ['id', 'pair', '@ip:hash'], hideInner: true },
        one: { type: 'alias', rule: 'both' },
        mail: { type: 'email', redaction: { method: 'replace', text: '<mail>' } },
      },
      vars: { hashKey: 'pepper' },
      applications: { $string: ['one', '@common'], 'extra.**': ['mail'] },
    }
    expect(checkPiiConfig(config)).toEqual({ ok: true, value: config })
    expect(checkPiiConfig(JSON.stringify(config))).toEqual({ ok: true, value: config })
    expect(checkPiiConfig('{}').ok).toBe(true)
  })

  it.each([
    ['{', { reason: 'invalid_json', path: '' }],
    [{ applications: [] }, { reason: 'invalid_shape', path: 'applications' }],
    [
      { rules: { a: { type: 'pattern', pattern: 'x', redaction: { method: 'burn' } } } },
      { reason: 'invalid_shape', path: 'rules.a.redaction.method' },
    ],
    [{ rules: { a: { type: 'nope' } } }, { reason: 'unknown_type', path: 'rules.a.type' }],
    [{ rules: { a: { type: 'constructor' } } }, { reason: 'unknown_type', path: 'rules.a.type' }],
    [{ rules: { a: { type: 'pattern' } } }, { reason: 'missing_pattern', path: 'rules.a.pattern' }],
    [
      { rules: { a: { type: 'redact_pair' } } },
      { reason: 'missing_pattern', path: 'rules.a.keyPattern' },
    ],
    [
      { rules: { a: pattern('a(?=b)') } },
      { reason: 'invalid_pattern', path: 'rules.a.pattern', at: 1, why: 'lookaround' },
    ],
    [{ rules: { a: { type: 'alias' } } }, { reason: 'missing_rules', path: 'rules.a.rule' }],
    [
      { rules: { a: { type: 'multiple', rules: ['b'] } } },
      { reason: 'unknown_rule', path: 'rules.a.rules', rule: 'b' },
    ],
    [
      { rules: { a: { type: 'alias', rule: 'a' } } },
      { reason: 'nested_too_deep', path: 'rules.a.rule' },
    ],
    [
      { applications: { $string: ['@userpath:filter'] } },
      { reason: 'unknown_rule', path: 'applications.$string', rule: '@userpath:filter' },
    ],
    [
      { applications: { $string: ['toString'] } },
      { reason: 'unknown_rule', path: 'applications.$string', rule: 'toString' },
    ],
    [
      { applications: { '$nope && a': ['@ip'] } },
      { reason: 'invalid_selector', path: 'applications.$nope && a', at: 0, why: 'unknown_type' },
    ],
  ])('refuses %j', (config, error) => {
    const checked = checkPiiConfig(config)
    expect(checked.ok ? [] : checked.error).toEqual([expect.objectContaining(error)])
  })

  it('says everything that is wrong at once', () => {
    const checked = checkPiiConfig({
      rules: { a: { type: 'nope' }, b: pattern('(') },
      applications: { '*': ['c'] },
    })
    expect(checked.ok ? [] : checked.error.map(({ reason }) => reason)).toEqual([
      'unknown_type',
      'invalid_pattern',
      'invalid_selector',
      'unknown_rule',
    ])
  })

  it('is not slow on rules that contain each other many times over', () => {
    const rules = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `r${index}`,
        { type: 'multiple', rules: Array.from({ length: 100 }, () => `r${index + 1}`) },
      ]),
    )
    const last = { r8: { type: 'email' } }
    const checked = checkPiiConfig({ rules: { ...rules, ...last } })
    expect(checked.ok ? [] : checked.error.map(({ reason }) => reason)).toContain('too_many_rules')
  })
})
