import { describe, expect, it } from 'vitest'

import { trimFunctionName } from './trim-function-name.ts'

describe('trimming a native function name', () => {
  it.each([
    ['void Foo::bar(int, std::string const&) const', 'Foo::bar'],
    ['std::vector<int, std::allocator<int> >::push_back(int const&)', 'std::vector<T>::push_back'],
    ['operator<<(std::ostream&, Foo const&)', 'operator<<'],
    ['std::function<void ()>::operator()() const', 'std::function<T>::operator()'],
    ['Foo::operator->()', 'Foo::operator->'],
    ['<Foo as Bar>::baz::h0123456789abcdef', 'Foo::baz'],
    ['<T as core::convert::Into<U>>::into', 'core::convert::Into<T>::into'],
    ['main::{lambda(int)#1}::operator()(int) const', 'main::lambda::operator()'],
    ['lambda_0123456789abcdef0123456789abcdef::operator()', 'lambda::operator()'],
    ['foo::$_0::operator()', 'foo::lambda::operator()'],
    ['<lambda_5db80dab47756d3e72c2dcd38b80b1dd>::operator()', '<lambda>::operator()'],
    ['?A0xc3a0617d::crash', "`anonymous namespace'::crash"],
    ["`anonymous namespace'::start", "`anonymous namespace'::start"],
    ['(anonymous namespace)::start(int)', '(anonymous namespace)::start'],
    ['foo(int) [clone .isra.0]', 'foo'],
    ['operator delete [](void*)', '[]'],
    ['_RtlFreeHeap@12', '_RtlFreeHeap'],
    ['@fastcall@8', 'fastcall'],
    ['memcpy@@GLIBC_2.14', 'memcpy'],
    ['Bar::cast operator <T>', 'operator <T>'],
    ['-[UIApplication _run]', '-[UIApplication _run]'],
    ['<redacted>', '<redacted>'],
    ['  spaced  ', 'spaced'],
    ['()', '()'],
  ])('%s becomes %s', (name, expected) => {
    expect(trimFunctionName(name, 'native')).toBe(expected)
  })

  it.each([
    ['@objc ViewController.tap(sender: Any) -> ()', 'ViewController.tap'],
    ['ViewController.load() throws -> Int', 'ViewController.load'],
    ['closure #1 () -> () in ViewController.run()', 'closure in #1'],
    ['partial apply closure in Foo.bar()', 'closure in Foo.bar'],
    ['thunk for @escaping @callee_guaranteed () -> ()', 'thunk for closure'],
    ['variable initialization expression of static Foo.bar', 'initializer expression of Foo.bar'],
  ])('reads Swift: %s becomes %s', (name, expected) => {
    expect(trimFunctionName(name, 'cocoa')).toBe(expected)
  })

  it('cuts names of other platforms only where they have signatures', () => {
    expect(trimFunctionName('App.Run (System.Int32 x)', 'csharp')).toBe('App.Run')
    expect(trimFunctionName('run(x) (y)', 'javascript')).toBe('run(x) (y)')
  })

  it('never hangs or throws on brackets without end', () => {
    for (const unit of ['<', '(', '{lambda(', '[clone .', 'a@1', '> ', 'const ']) {
      const name = unit.repeat(4_096 / unit.length)
      expect(typeof trimFunctionName(name, 'native')).toBe('string')
    }
    expect(trimFunctionName('<'.repeat(1_000_000), 'native')).toHaveLength(1_000_000)
  })
})
