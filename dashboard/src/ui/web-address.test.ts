import { describe, expect, it } from 'vitest'
import { webAddress } from './web-address.ts'

describe('webAddress', () => {
  it.each([
    ['https://shop.example/cart?x=1', 'https://shop.example/cart?x=1'],
    ['HTTP://shop.example', 'http://shop.example/'],
  ])('keeps %s', (text, href) => {
    expect(webAddress(text)).toBe(href)
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript://x%0aalert(1)',
    ' https://shop.example',
    'data:text/html,<script>',
    'https://',
    '//shop.example/cart',
    'see https://shop.example',
    '',
  ])('refuses %j', (text) => {
    expect(webAddress(text)).toBeUndefined()
  })
})
