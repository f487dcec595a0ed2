import type { PicketEvent } from '#domain/event/event.ts'
import { md5 } from './component/md5.ts'
import { classifyFrames } from './enhancement/classify-frames.ts'
import { type CompiledRules, compileRules } from './enhancement/compile-rules.ts'
import type { EnhancementRule, FrameFacts, Matcher } from './enhancement/rule.ts'
import { ruleSubject } from './enhancement/rule-subject.ts'
import { selectFrames } from './enhancement/select-frames.ts'
import { makeError, makeEvent, makeFrames } from './make-event.ts'
import type { PlatformFamily } from './platform-family.ts'

/**
 * What released versions are held to: their hashes of these events and the verdicts of their rules
 * stand in a table beside each. Add events here, never change one.
 */
export const FROZEN_EVENTS: Record<string, PicketEvent> = {
  nothing: makeEvent(),
  message: makeEvent({
    logentry: { formatted: 'order 4711 of bob@example.com failed\n\nsecond 2\nthird' },
  }),
  template_message: makeEvent({ logentry: { message: 'user %s', formatted: 'user 7' } }),
  clock_message: makeEvent({ logentry: { formatted: 'at 12:31:59 on 2024-01-02 by ::1' } }),
  checksum: makeEvent({ checksum: 'abc' }),
  python: makeError({
    type: 'ValueError',
    value: 'bad 17',
    stacktrace: makeFrames(
      {
        function: 'get_response',
        module: 'django.core',
        abs_path: '/x/site-packages/d.py',
        in_app: true,
      },
      { function: 'view', module: 'shop.views', context_line: '  pay(order)  ', in_app: true },
      { function: 'view', module: 'shop.views', context_line: '  pay(order)  ', in_app: true },
    ),
  }),
  javascript: makeError(
    {
      type: 'TypeError',
      value: 'x is undefined',
      stacktrace: makeFrames(
        {
          function: 'Object.run',
          filename: '/a.js?v=1',
          abs_path: 'https://a.example/a.js',
          in_app: true,
        },
        { function: 'test/<', filename: 'b.js', abs_path: 'app:///b.js', in_app: true },
        { function: 'eval', abs_path: '<anonymous>', in_app: true },
      ),
    },
    { platform: 'javascript' },
  ),
  lone_javascript: makeError(
    {
      type: 'E',
      value: 'v',
      stacktrace: makeFrames({ abs_path: 'http://a/b.js', module: 'm', in_app: true }),
    },
    { platform: 'javascript' },
  ),
  chunk: makeError(
    { type: 'ChunkLoadError', value: 'Loading chunk 7' },
    { platform: 'javascript' },
  ),
  java: makeError(
    {
      type: 'IllegalStateException',
      module: 'java.lang',
      stacktrace: makeFrames(
        { module: 'sun.reflect.GeneratedMethodAccessor12', function: 'invoke' },
        { module: 'com.shop.Cart$$EnhancerBySpringCGLIB$$1a2b', function: 'add', in_app: true },
        { module: 'com.shop.Cart', function: 'lambda$add$0', in_app: true },
      ),
    },
    { platform: 'java' },
  ),
  native: makeError(
    {
      type: 'EXC_BAD_ACCESS',
      stacktrace: makeFrames(
        { function: 'start', package: 'libdyld.dylib' },
        { function: 'void App::run(int) const', package: '/Users/me/App', in_app: false },
        { function: 'std::function<void ()>::operator()()', package: '/Users/me/App' },
        { function: 'abort', package: '/usr/lib/system/libsystem_c.dylib' },
      ),
    },
    { platform: 'native' },
  ),
  apple: makeError({
    type: 'E',
    value: 'v',
    mechanism: { meta: { ns_error: { domain: 'd', code: 5 } } },
  }),
  chain: makeEvent({
    exception: {
      values: [
        { type: 'Cause', value: 'c' },
        { type: 'Outer', value: 'o' },
      ],
    },
  }),
  group: makeEvent({
    exception: {
      values: [
        { type: 'B', value: 'b', mechanism: { exception_id: 2, parent_id: 0 } },
        { type: 'A', value: 'a', mechanism: { exception_id: 1, parent_id: 0 } },
        { type: 'Group', mechanism: { exception_id: 0, is_exception_group: true } },
      ],
    },
  }),
  threads: makeEvent({
    threads: {
      values: [{ stacktrace: makeFrames('a') }, { crashed: true, stacktrace: makeFrames('b') }],
    },
  }),
  stacktrace: makeEvent({ stacktrace: makeFrames('a', { function: 'b', in_app: false }) }),
  php: makeEvent({
    platform: 'php',
    stacktrace: makeFrames('class@anonymous\0/x.php:1::run', '[Anonymous function]'),
  }),
  ruby: makeEvent({
    platform: 'ruby',
    stacktrace: makeFrames('block in run', '_x_erb__12345_67890'),
  }),
  csharp: makeEvent({ platform: 'csharp', stacktrace: makeFrames('App.Run (System.Int32 x)') }),
  csp: makeEvent({ csp: { effective_directive: 'img-src', blocked_uri: 'https://cdn.example/x' } }),
  hpkp: makeEvent({ hpkp: { hostname: 'a.example' } }),
  template: makeEvent({ template: { filename: 'a.html', context_line: '{% x %}' } }),
  custom: makeEvent({ fingerprint: ['a', '{{ level }}', '{{ odd }}'] }),
  hybrid: makeError({ type: 'A', value: 'b' }, { fingerprint: ['{{ default }}', 'x'] }),
}

/** One text for what the rules say about a frame made for each of them, alone and among others. */
export function rulesDigest(rules: EnhancementRule[]): string {
  const compiled = compileRules(rules)
  const alone = rules.map((rule) => verdict(compiled, [frameFor(rule)]))
  const together = verdict(compiled, rules.map(frameFor))
  return md5(JSON.stringify([alone, together]))
}

function verdict(rules: CompiledRules, frames: FrameFacts[]) {
  const subject = ruleSubject([rules], frames, null)
  classifyFrames(subject)
  const { verdicts } = selectFrames(subject)
  return frames.map(({ inApp, category }, at) => [
    inApp,
    category,
    verdicts[at]?.contributes ?? null,
  ])
}

function frameFor({ matchers }: EnhancementRule): FrameFacts {
  const sample = (key: Matcher['key']) =>
    matchers
      .find((matcher) => matcher.key === key && !matcher.isNegated)
      ?.pattern.replaceAll(/\*+/g, 'x')
      .replaceAll('?', '-')
      .replaceAll('[[]', '[')
      .replaceAll('\\', '') ?? null
  return {
    function: sample('function') ?? 'f',
    module: sample('module'),
    path: sample('path')?.toLowerCase() ?? null,
    package: sample('package')?.toLowerCase() ?? null,
    family: (sample('family') ?? 'other') as PlatformFamily,
    category: sample('category'),
    inApp: null,
  }
}
