import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isScreenshot, mediaType, savedAs, servedType } from './media-type.ts'

const served = (name: string, contentType: string | null = null): string =>
  servedType(mediaType({ name, contentType }))

describe('an attachment', () => {
  it('is what its sender says, or what its name says', () => {
    expect(mediaType({ name: 'a', contentType: 'Image/PNG; x=1' })).toBe('image/png')
    expect(mediaType({ name: 'a.JSON', contentType: null })).toBe('application/json')
    expect(mediaType({ name: 'a.log', contentType: 'application/octet-stream' })).toBe('text/plain')
    expect(mediaType({ name: 'a', contentType: 'no type' })).toBe('application/octet-stream')
    expect(mediaType({ name: 'constructor', contentType: null })).toBe('application/octet-stream')
  })

  it('is served as a picture, JSON or plain text', () => {
    expect(served('a.png')).toBe('image/png')
    expect(served('a.json')).toBe('application/json')
    expect(served('a.csv')).toBe('text/plain; charset=utf-8')
  })

  it('is never served as what a browser runs', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/xhtml+xml', 'text/xml']) {
      expect(served('a', type)).toBe('application/octet-stream')
    }
    expect(served('a.png', 'text/html')).toBe('application/octet-stream')
    expect(served('a', 'text/javascript')).toBe('application/octet-stream')
  })

  it('is saved under its own name, in every script', () => {
    expect(savedAs('note.txt')).toBe(`attachment; filename="note.txt"; filename*=UTF-8''note.txt`)
    expect(savedAs('naïve "x".txt')).toBe(
      `attachment; filename="na_ve _x_.txt"; filename*=UTF-8''na%C3%AFve%20%22x%22.txt`,
    )
  })

  it('cannot write a header of its own by its name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(savedAs(name)).toMatch(
          /^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[\w.%~-]*$/,
        )
      }),
    )
    expect(savedAs('\ud800"\r\nset-cookie: a')).not.toMatch(/[\r\n]/)
  })

  it('is a screenshot by its name', () => {
    expect(['screenshot.png', 'Screenshot-2.jpg'].every(isScreenshot)).toBe(true)
    expect(['my-screenshot.png', 'screenshot.html', 'screenshot-.png'].some(isScreenshot)).toBe(
      false,
    )
  })
})
