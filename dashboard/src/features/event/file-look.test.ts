import { describe, expect, it } from 'vitest'
import type { Attachment } from '#contract/attachment.ts'
import { fileKind, fileLook } from './file-look.ts'

const file = (change: Partial<Attachment>): Attachment => ({
  id: 'a-1',
  event_id: 'e',
  name: 'a',
  type: 'event.attachment',
  mimetype: 'application/octet-stream',
  size: 10,
  dateCreated: '2026-01-01T00:00:00Z',
  sha1: '',
  headers: {},
  ...change,
})

describe('how a file looks', () => {
  it('is a picture, a tree, text, or only to be saved', () => {
    expect(fileLook(file({ mimetype: 'image/png' }))).toBe('picture')
    expect(fileLook(file({ type: 'event.view_hierarchy' }))).toBe('tree')
    expect(fileLook(file({ mimetype: 'text/plain' }))).toBe('text')
    expect(fileLook(file({ mimetype: 'application/vnd.api+json' }))).toBe('text')
    expect(fileLook(file({}))).toBe('none')
  })

  it('is text where a browser would run it', () => {
    expect(fileLook(file({ mimetype: 'image/svg+xml' }))).toBe('text')
    expect(fileLook(file({ mimetype: 'text/html' }))).toBe('text')
  })

  it('is not fetched when it is empty or too large', () => {
    expect(fileLook(file({ mimetype: 'image/png', size: 0 }))).toBe('none')
    expect(fileLook(file({ mimetype: 'image/png', size: 9_000_000 }))).toBe('none')
    expect(fileLook(file({ mimetype: 'text/plain', size: 600_000 }))).toBe('none')
  })

  it('has a word for what it is', () => {
    expect(fileKind(file({ type: 'event.minidump' }))).toBe('minidump')
    expect(fileKind(file({ type: 'constructor', mimetype: 'a/b' }))).toBe('a/b')
  })
})
