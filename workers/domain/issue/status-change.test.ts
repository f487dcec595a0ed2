import { describe, expect, it } from 'vitest'

import { changeStatus, statusActivity } from './status-change.ts'

const NOW = Date.UTC(2026, 10, 25)

describe('changeStatus', () => {
  it('resolves plainly, in a release, in the next one, or in a commit', () => {
    const resolve = (resolved?: object) => changeStatus({ status: 'resolved', resolved }, NOW)
    expect(resolve()).toEqual({ status: 'resolved', substatus: null, details: {} })
    expect(statusActivity(resolve())).toEqual({ type: 'set_resolved', data: {} })
    expect(statusActivity(resolve({ inRelease: '1.0' }))).toEqual({
      type: 'set_resolved_in_release',
      data: { version: '1.0' },
    })
    expect(statusActivity(resolve({ inNextRelease: true }))).toEqual({
      type: 'set_resolved_in_release',
      data: { version: '' },
    })
    const inCommit = { commit: 'abc', repository: 'a/b' }
    expect(statusActivity(resolve({ inCommit }))).toEqual({
      type: 'set_resolved_in_commit',
      data: inCommit,
    })
  })

  it('reopens as ongoing unless a state of open issues is named', () => {
    const reopen = (substatus?: string) => changeStatus({ status: 'unresolved', substatus }, NOW)
    expect(reopen()).toEqual({ status: 'unresolved', substatus: 'ongoing', details: {} })
    expect(reopen('regressed').substatus).toBe('regressed')
    expect(reopen('archived_forever').substatus).toBe('ongoing')
    expect(statusActivity(reopen()).type).toBe('set_unresolved')
  })

  it('archives until it escalates, until a condition is met, or for ever', () => {
    const archive = (wish: object) => changeStatus({ status: 'ignored', ...wish }, NOW)
    expect(archive({}).substatus).toBe('archived_until_escalating')
    expect(archive({ substatus: 'archived_forever', ignoreCount: 5 })).toEqual({
      status: 'ignored',
      substatus: 'archived_forever',
      details: {},
    })
    expect(archive({ ignoreDuration: 60 })).toEqual({
      status: 'ignored',
      substatus: 'archived_until_condition_met',
      details: { ignoreUntil: '2026-11-25T01:00:00.000Z' },
    })
    expect(archive({ ignoreCount: 10, ignoreWindow: 5, ignoreUserWindow: 7 }).details).toEqual({
      ignoreCount: 10,
      ignoreWindow: 5,
    })
    expect(archive({ substatus: 'ongoing' }).substatus).toBe('archived_until_escalating')
    expect(statusActivity(archive({ ignoreCount: 10 }))).toEqual({
      type: 'set_ignored',
      data: { ignoreCount: 10, substatus: 'archived_until_condition_met' },
    })
  })
})
