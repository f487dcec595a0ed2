import { describe, expect, it } from 'vitest'

import { env, makeProject, type TestProject } from '../../tests/journey/world.ts'
import { assignIssues, type IssueCandidate } from './issue-assignment.ts'

function candidate(hashes: [string, ...string[]], formerHashes: string[] = []): IssueCandidate {
  return {
    hashes,
    formerHashes,
    title: hashes[0],
    culprit: '',
    location: null,
    logger: null,
    level: 'error',
    type: 'error',
    platform: 'node',
    metadata: {},
    isUnhandled: false,
    firstSeenAt: 1,
    release: null,
  }
}

const assign = ({ id }: TestProject, ...candidates: IssueCandidate[]) =>
  assignIssues(env.DB, id, candidates, Date.now())

const countIssues = ({ id }: TestProject) =>
  env.DB.prepare('SELECT count(*) AS count FROM issue WHERE project_id = ?').bind(id).first('count')

describe('issue assignment', () => {
  it('lets the first hash that has an issue decide, and the others follow it', async () => {
    const project = await makeProject()
    const first = (await assign(project, candidate(['app', 'system']))).get('app')
    expect((await assign(project, candidate(['other', 'system']))).get('other')).toBe(first)
    expect((await assign(project, candidate(['other']))).get('other')).toBe(first)
    expect((await assign(project, candidate(['stranger']))).get('stranger')).not.toBe(first)
  })

  it('makes one issue of events in one pack that share any hash', async () => {
    const project = await makeProject()
    const issues = await assign(
      project,
      candidate(['a', 's']),
      candidate(['b', 's']),
      candidate(['c']),
    )
    expect(issues.get('b')).toBe(issues.get('a'))
    expect(issues.get('c')).not.toBe(issues.get('a'))
    expect(await countIssues(project)).toBe(2)
  })

  it('makes as many issues as a pack may bring, with long texts, in values a database takes', async () => {
    const project = await makeProject()
    const value = '\u0001'.repeat(1024)
    const many = Array.from({ length: 1000 }, (_, index) => ({
      ...candidate([`hash-${index}`]),
      metadata: { value, filename: value.slice(0, 256) },
    }))
    const issues = await assign(project, ...many)
    expect(new Set(issues.values()).size).toBe(1000)
    expect(await countIssues(project)).toBe(1000)
  })

  it('finds issues by the hashes of the former version, and makes none of them', async () => {
    const project = await makeProject()
    const before = (await assign(project, candidate(['old']))).get('old')
    expect((await assign(project, candidate(['new'], ['old']))).get('new')).toBe(before)
    expect((await assign(project, candidate(['new']))).get('new')).toBe(before)
    expect((await assign(project, candidate(['new2'], ['old2']))).get('new2')).not.toBe(before)
    expect((await assign(project, candidate(['old2']))).get('old2')).not.toBe(before)
    expect(await countIssues(project)).toBe(3)
  })

  it('makes one issue for one hash however many packs race, and leaves no hash without an issue', async () => {
    const project = await makeProject()
    const packs = Array.from({ length: 8 }, (_, i) => candidate(['same', `only-${i}`]))
    const issues = await Promise.all(packs.map((pack) => assign(project, pack)))
    expect(new Set(issues.map((assigned) => assigned.get('same'))).size).toBe(1)
    expect(await countIssues(project)).toBe(1)
    const orphans = await env.DB.prepare(
      'SELECT hash FROM issue_hash WHERE issue_id NOT IN (SELECT id FROM issue)',
    ).all()
    expect(orphans.results).toEqual([])
  })
})
