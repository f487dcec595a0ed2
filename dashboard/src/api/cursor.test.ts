import { describe, expect, it } from 'vitest'
import { parseLinkHeader } from './cursor.ts'

describe('parseLinkHeader', () => {
  it('keeps a neighbour that has rows', () => {
    const header =
      '<http://x/?a=b&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", ' +
      '<http://x/?a=b&cursor=17:25:0>; rel="next"; results="true"; cursor="17:25:0"'
    expect(parseLinkHeader(header)).toEqual({ next: '17:25:0' })
  })

  it.each([null, '', 'nonsense', '<x>; rel="next"; results="true"'])('refuses %j', (header) => {
    expect(parseLinkHeader(header)).toEqual({})
  })
})
