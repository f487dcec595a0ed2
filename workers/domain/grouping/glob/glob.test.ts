import { describe, expect, it } from 'vitest'

import { compileCaselessGlob, compileGlob, compilePathGlob, normalizePath } from './glob.ts'

const plain = (pattern: string, text: string) => compileGlob(pattern)(text)
const path = (pattern: string, text: string) => compilePathGlob(pattern)(normalizePath(text))

describe('a glob', () => {
  it.each([
    ['log_demo::*', 'log_demo::main'],
    ['*::allocator*', 'std::allocator<int>'],
    ['*_block_invoke*', '__46+[Foo bar]_block_invoke_2'],
    ['a*b*c', 'a/xx/b//c'],
    ['a*a', 'aa'],
    ['std', 'std'],
    ['?[[]KSCrash*', '-[KSCrash install]'],
    ['[a-c]x', 'bx'],
    ['[!a-c]x', 'dx'],
    ['[]]', ']'],
    ['{foo,ba{r,z}}.js', 'baz.js'],
    ['std::rt::lang_start::{{closure}}', 'std::rt::lang_start::closure'],
    ['*::\\{dtor\\}', 'Foo::{dtor}'],
    ['**/x', 'x'],
    ['**/x', 'a/b/x'],
    ['?', '😀'],
    ['*?é', 'x😀é'],
    ['', ''],
    ['*', ''],
  ])('%s matches %s', (pattern, text) => {
    expect(plain(pattern, text)).toBe(true)
  })

  it.each([
    ['std', 'std::x'],
    ['std', 'Std'],
    ['a*a', 'a'],
    ['a*bc*c', 'abc'],
    ['[a-c]x', 'dx'],
    ['?', ''],
    ['?', 'ab'],
    ['**/x', 'ax'],
    ['a?c', 'ac'],
    ['@babel/**', '@babel'],
  ])('%s refuses %s', (pattern, text) => {
    expect(plain(pattern, text)).toBe(false)
  })

  it.each(['[a', '{a', 'a}', '\\', '[z-a]', '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}'])(
    'matches nothing when it is invalid: %s',
    (pattern) => {
      expect([pattern, 'a', ''].some((text) => plain(pattern, text))).toBe(false)
    },
  )

  it('ignores case only when asked to', () => {
    expect(compileCaselessGlob('*LOVE*')('what is love')).toBe(true)
    expect(compileGlob('*LOVE*')('what is love')).toBe(false)
  })

  it('takes linear time where a naive one would hang', () => {
    const text = `${'ab'.repeat(500_000)}!`
    expect(plain('*a*b*a*b*a*b*a*b*c', text)).toBe(false)
    expect(path('**/*a*/**/*b*/**/*c*/**', 'a/b/'.repeat(100_000))).toBe(false)
  })
})

describe('a path glob', () => {
  it.each([
    ['**/node_modules/**', '/app/node_modules/x/y.js'],
    ['**/node_modules/**', 'node_modules/x.js'],
    ['/usr/lib/**', '/usr/lib/a/b.so'],
    ['/usr/lib/**', 'usr/lib/b.so'],
    ['C:/Windows/**', 'c:\\WINDOWS\\System32\\ntdll.dll'],
    ['**.app/Contents/**', 'Foo.app/Contents/MacOS/Foo'],
    ['**/*newrelic*/**', '/a/my-newrelic-agent/index.js'],
    ['/apex/com.android.*/lib*/**', '/apex/com.android.art/lib64/libart.so'],
    ['libsystem*', 'libsystem_kernel.dylib'],
    ['**/libart.so', 'libart.so'],
    ['a/**/b', 'a/b'],
    ['a/**/b', 'a/x/y/b'],
    ['**', 'anything/at/all'],
    ['**/**', 'anything'],
    ['package:flutter/**', 'package:flutter/src/x.dart'],
  ])('%s matches %s', (pattern, text) => {
    expect(path(pattern, text)).toBe(true)
  })

  it.each([
    ['**/node_modules/**', '/app/node_modules_old/x.js'],
    ['**/node_modules/**', '/app/node_modules'],
    ['/usr/lib/**', '/usr/library/x'],
    ['libsystem*', '/usr/lib/libsystem_kernel.dylib'],
    ['**.app/Contents/**', '/x/y.app/Contents/z'],
    ['dart:*', 'dart:async/zone.dart'],
    ['a/?/b', 'a///b'],
    ['a/*', 'a/b/c'],
  ])('%s refuses %s', (pattern, text) => {
    expect(path(pattern, text)).toBe(false)
  })
})
