import { expect, it } from 'vitest'
import { formatBytes, formatCount, formatShare } from './number-text.ts'

it('shortens counts from ten thousand on', () => {
  expect([0, 9999, 12_345, 1_250_000].map(formatCount)).toEqual(['0', '9,999', '12.3K', '1.3M'])
})

it('writes bytes in steps of a thousand', () => {
  const bytes = [0, 6870, 123_456, 8_589_934_592, 1e21]
  expect(bytes.map(formatBytes)).toEqual([
    '0 bytes',
    '6,870 bytes',
    '123.5 KB',
    '8.6 GB',
    '1000000.0 PB',
  ])
})

it('never rounds something to nothing', () => {
  expect([0, 1, 5, 1000].map((part) => formatShare(part, 1000))).toEqual([
    '0%',
    '<1%',
    '<1%',
    '100%',
  ])
  expect(formatShare(0, 0)).toBe('0%')
})
