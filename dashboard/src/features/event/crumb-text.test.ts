import { describe, expect, it } from 'vitest'
import { describeCrumb } from './crumb-text.ts'

describe('describeCrumb', () => {
  it('lets a message speak for itself and keeps the data beside it', () => {
    const crumb = { category: 'console', message: 'hello', data: { logger: 'x', empty: '' } }
    expect(describeCrumb(crumb)).toEqual({
      kind: 'console',
      line: 'hello',
      rest: [['logger', 'x']],
    })
  })

  it('says a request in one line', () => {
    const data = { url: 'https://a.example/', status_code: 503, bytes: 12, 'http.method': 'GET' }
    expect(describeCrumb({ type: 'http', data })).toEqual({
      kind: 'http',
      line: 'GET https://a.example/ → 503',
      rest: [['bytes', 12]],
    })
  })

  it('says a navigation in one line', () => {
    const data = { from: '/cart', to: '/checkout' }
    expect(describeCrumb({ category: 'navigation', data })).toMatchObject({
      line: '/cart → /checkout',
      rest: [],
    })
  })

  it.each([
    [{}, { kind: 'step', line: '', rest: [] }],
    [
      { type: 'default', data: 'plain' },
      { kind: 'step', line: 'plain', rest: [] },
    ],
    [{ message: { odd: 1 } }, { kind: 'step', line: '{"odd":1}', rest: [] }],
  ])('makes do with %j', (crumb, text) => {
    expect(describeCrumb(crumb)).toEqual(text)
  })
})
