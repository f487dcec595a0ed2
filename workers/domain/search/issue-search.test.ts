import { describe, expect, it } from 'vitest'

import { matchEvent, type SearchableEvent } from './event-condition.ts'
import { refineEventSearch } from './event-search.ts'
import { possibleStatuses } from './is-word.ts'
import { refineIssueSearch } from './issue-search.ts'
import { parseSearch } from './parse-search.ts'

const world = {
  now: Date.UTC(2026, 10, 25),
  projects: [
    { id: 7, slug: 'shop' },
    { id: 8, slug: 'web' },
  ],
  findAssignees: (name: string) => (name === 'me' ? ['user:1'] : null),
}

function refine(query: string) {
  const parsed = parseSearch(query)
  if (!parsed.ok) return parsed.error
  const refined = refineIssueSearch(parsed.value, world)
  return refined.ok ? refined.value : refined.error
}

/** The parts of the issue's half; most queries here have one. */
const issueOf = (query: string) => {
  const refined = refine(query)
  return 'issue' in refined ? refined.issue : refined
}

const all = (...nodes: object[]) => ({ kind: 'all', nodes })
const status = (value: string) => ({ kind: 'in', field: 'status', values: [value] })
const ALL = ['unresolved', 'resolved', 'ignored']

describe('refineIssueSearch', () => {
  it('splits a query into what an issue is and what its events are', () => {
    expect(refine('is:unresolved environment:prod !release:1.0')).toEqual({
      issue: all(status('unresolved')),
      event: all(
        { kind: 'matches', field: 'environment', patterns: [['prod']], fold: false },
        {
          kind: 'not',
          node: { kind: 'matches', field: 'release', patterns: [['1.0']], fold: false },
        },
      ),
    })
    expect(refine('')).toEqual({ issue: all(), event: null })
  })

  it('knows the words after is:, and names them to who does not', () => {
    expect(issueOf('is:archived')).toEqual(all(status('ignored')))
    expect(issueOf('is:regressed')).toEqual(
      all(all(status('unresolved'), { kind: 'in', field: 'substatus', values: ['regressed'] })),
    )
    expect(issueOf('is:shiny')).toMatchObject({ reason: 'is_unknown', known: expect.any(Array) })
    expect(issueOf('is:[resolved,ignored]')).toEqual({ reason: 'list_refused', key: 'is' })
  })

  it('reads numbers, times, flags and lists by their keys', () => {
    expect(issueOf('timesSeen:>10')).toEqual(
      all({
        kind: 'any',
        nodes: [{ kind: 'range', field: 'count', range: { from: 11, until: null } }],
      }),
    )
    expect(issueOf('error.handled:true')).toEqual(
      all({ kind: 'flag', field: 'isUnhandled', value: false }),
    )
    expect(issueOf('level:[error,fatal]')).toEqual(
      all({ kind: 'matches', field: 'level', patterns: [['error'], ['fatal']], fold: false }),
    )
    expect(issueOf('timesSeen:many')).toMatchObject({ reason: 'value_invalid', key: 'timesSeen' })
    expect(issueOf('age:old')).toMatchObject({ reason: 'value_invalid', key: 'age' })
    expect(issueOf('error.unhandled:maybe')).toMatchObject({ reason: 'value_invalid' })
    expect(issueOf('count():>5')).toEqual({ reason: 'aggregate_refused', key: 'count()' })
    expect(issueOf('title:*a*b*c*d*e*')).toMatchObject({ reason: 'value_invalid', key: 'title' })
  })

  it('finds people, projects and short ids in its world', () => {
    expect(issueOf('assigned:me')).toEqual(
      all({ kind: 'any', nodes: [{ kind: 'in', field: 'assignee', values: ['user:1'] }] }),
    )
    expect(issueOf('assigned:nobody@x.y')).toEqual(
      all({ kind: 'any', nodes: [{ kind: 'in', field: 'assignee', values: [] }] }),
    )
    expect(issueOf('project:web')).toEqual(all({ kind: 'in', field: 'projectId', values: [8] }))
    expect(issueOf('issue:SHOP-1F')).toMatchObject(
      all({
        kind: 'any',
        nodes: [
          all(
            { kind: 'in', field: 'projectId', values: [7] },
            { kind: 'in', field: 'shortNumber', values: [47] },
          ),
        ],
      }),
    )
    expect(issueOf('issue:NOWHERE-1')).toEqual(
      all({ kind: 'any', nodes: [{ kind: 'any', nodes: [] }] }),
    )
  })

  it('takes unknown keys for tags, and tags[…] always', () => {
    expect(refine('plan:pro')).toMatchObject({
      event: all({ kind: 'matches', field: { tag: 'plan' }, patterns: [['pro']] }),
    })
    expect(refine('tags[level]:x')).toMatchObject({
      event: all({ kind: 'matches', field: { tag: 'level' } }),
    })
    expect(refine('user.email:a@b.c')).toMatchObject({
      event: all({ field: 'user', patterns: [['email:a@b.c']] }),
    })
    expect(refine('__proto__:x constructor:y')).toMatchObject({
      event: all({ field: { tag: '__proto__' } }, { field: { tag: 'constructor' } }),
    })
  })

  it('joins by OR only what one side can answer', () => {
    expect(refine('level:error OR level:fatal')).toMatchObject({ event: null })
    expect(refine('plan:pro OR environment:prod')).toMatchObject({ issue: all() })
    expect(refine('level:error OR environment:prod')).toEqual({ reason: 'mixed_or' })
  })

  it('narrows the statuses to look through', () => {
    const statuses = (query: string) => {
      const issue = issueOf(query)
      return 'kind' in issue ? possibleStatuses(issue, ALL) : []
    }
    expect(statuses('')).toEqual(ALL)
    expect(statuses('is:unresolved level:error')).toEqual(['unresolved'])
    expect(statuses('is:ignored OR is:resolved')).toEqual(['resolved', 'ignored'])
    expect(statuses('!is:resolved')).toEqual(['unresolved', 'ignored'])
    expect(statuses('is:resolved is:ignored')).toEqual([])
    expect(statuses('!level:error')).toEqual(ALL)
  })
})

describe('matchEvent', () => {
  const event: SearchableEvent = {
    fields: {
      environment: 'prod',
      release: 'web@1.2.0',
      level: 'error',
      platform: 'node',
      title: 'Payment Failed',
      user: 'id:7',
      trace: null,
      id: 'a'.repeat(32),
    },
    tag: (key) => (key === 'plan' ? 'pro' : null),
  }
  const matches = (query: string) => {
    const parsed = parseSearch(query)
    const refined = parsed.ok ? refineEventSearch(parsed.value) : null
    return refined?.ok ? matchEvent(event, refined.value) : null
  }

  it('asks fields, tags and users of one event', () => {
    for (const query of [
      '',
      'environment:prod plan:pro',
      'release:web@1.*',
      'user.id:7',
      'payment failed',
      'message:"payment f"',
      '!level:fatal',
      'has:plan !has:trace',
      'environment:[dev,prod]',
      'plan:free OR level:error',
      'trace:""',
    ]) {
      expect([query, matches(query)]).toEqual([query, true])
    }
    for (const query of [
      'environment:dev',
      'plan:PRO',
      'user.email:7',
      'has:color',
      'refund',
      'environment:prod plan:free',
      'title:"payment failed"',
    ]) {
      expect([query, matches(query)]).toEqual([query, false])
    }
  })

  it('refuses what is said of issues', () => {
    expect(matches('is:unresolved')).toBe(null)
    expect(matches('timesSeen:>5')).toBe(null)
  })
})
