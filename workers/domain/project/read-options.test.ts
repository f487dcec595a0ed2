import { describe, expect, it } from 'vitest'

import { OrganizationOptions } from '../organization/organization-options.ts'
import { ProjectOptions } from './project-config.ts'
import { readOptions } from './read-options.ts'

describe('options', () => {
  it('lose only the part that cannot be read', () => {
    const raw = { scrubbing: { scrubIpAddresses: true }, filters: { localhost: 'sometimes' } }
    const { options, unreadable } = readOptions(ProjectOptions, raw)
    expect(options.scrubbing.scrubIpAddresses).toBe(true)
    expect(options.filters.localhost).toBe(false)
    expect(unreadable).toEqual(['filters'])
  })

  it('are the defaults where nothing is said, of a project and of an organization', () => {
    expect(readOptions(ProjectOptions, {})).toEqual({
      options: ProjectOptions.parse({}),
      unreadable: [],
    })
    const { options } = readOptions(OrganizationOptions, { quotas: 7 })
    expect(options.scrubbing.enabled).toBe(false)
  })

  it('may be called as they like', () => {
    const raw = JSON.parse('{"__proto__":{"x":1},"constructor":2,"scrubbing":{"enabled":false}}')
    expect(readOptions(ProjectOptions, raw).options.scrubbing.enabled).toBe(false)
  })
})
