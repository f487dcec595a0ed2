import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { parameterize } from './parameterize.ts'

const FILE = path.resolve(
  import.meta.dirname,
  '../../../../../shared/conformance/grouping/parameterization.json',
)

interface Case {
  name: string
  input: string
  expected: string
  also_with_prefix_and_suffix: boolean
}

if (!existsSync(FILE)) {
  it.todo('parameterization cases: skipped, ../shared/conformance is not beside the checkout')
} else {
  const cases = JSON.parse(readFileSync(FILE, 'utf8')) as Case[]
  describe('parameterizes as Sentry does', () => {
    it.each(cases)('$name', ({ input, expected, also_with_prefix_and_suffix }) => {
      expect(parameterize(input)).toBe(expected)
      if (!also_with_prefix_and_suffix) return
      expect(parameterize(`prefix ${input}`)).toBe(`prefix ${expected}`)
      expect(parameterize(`${input} suffix`)).toBe(`${expected} suffix`)
      expect(parameterize(`prefix ${input} suffix`)).toBe(`prefix ${expected} suffix`)
    })
  })
}
