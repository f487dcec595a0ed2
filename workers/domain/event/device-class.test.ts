import { describe, expect, it } from 'vitest'

import { deviceClass } from './device-class.ts'

const GIBIBYTE = 1024 ** 3

describe('deviceClass', () => {
  it.each([
    ['iPhone8,4', '1'],
    ['iPhone9,1', '2'],
    ['iPhone12,8', '2'],
    ['iPhone13,1', '3'],
    ['iPad5,4', '1'],
    ['iPad6,11', '1'],
    ['iPad6,7', '2'],
    ['iPad13,1', '3'],
    ['Unheard1,1', '3'],
    ['iPhone', null],
  ])('knows %s', (model, expected) => {
    expect(deviceClass({ family: 'iPhone', model })).toBe(expected)
  })

  it.each([
    [1999, 8, 8, '1'],
    [2400, 7, 8, '1'],
    [2400, 8, 3.9, '1'],
    [2400, 8, 8, '2'],
    [2500, 8, 5.9, '2'],
    [2500, 8, 6, '3'],
  ])('rates %d MHz, %d cores, %d GiB', (megahertz, cores, memory, expected) => {
    const device = { processor_frequency: megahertz, processor_count: cores }
    expect(deviceClass({ ...device, memory_size: memory * GIBIBYTE })).toBe(expected)
  })

  it('rates nothing by half the facts', () => {
    expect(deviceClass({ processor_frequency: 3000, processor_count: 8 })).toBeNull()
    expect(deviceClass({})).toBeNull()
  })
})
