import type { EnhancementRule } from '../rule.ts'
import { mark, written } from './rule-table.ts'

/**
 * Folders, hosts and modules that hold other people’s code.
 */
export const THIRD_PARTY: EnhancementRule[] = [
  ...mark('any', 'path', '-app', [
    '**/vendor/**',
    '**/site-packages/**',
    '**/dist-packages/**',
    '**/node_modules/**',
  ]),
  ...mark('any', 'module', '-app', ['unpkg/**']),
  ...mark('any', 'path', '-app', [
    '**https://unpkg.com/**',
    '**https://cdnjs.cloudflare.com/**',
    '**https://cdn.jsdelivr.net/**',
    '**https://esm.run/**',
  ]),
  ...mark('javascript', 'function', '^-app -app', ['reportError']),
  ...mark('any', 'module', '-app -group', [
    '@babel/**',
    'core-js/**',
    'regenerator-runtime/**',
    'tslib/**',
  ]),
  ...mark('javascript', 'function', '-app -group', ['_callSuper']),
  ...mark('any', 'function', '-app -group', [
    'runMicrotasks',
    'queueMicrotask',
    'processTicksAndRejections',
    'runNextTicks',
    'nextTick',
  ]),
  ...mark('any', 'path', '-app', ['**/go/pkg/mod/**']),
  ...written('category:framework -app'),
  ...mark('any', 'module', '-app', ['kotlin.*', 'kotlinx.*', 'io.ktor.*', 'io.netty.*']),
  ...mark('any', 'module', '-app -group', ['newrelic']),
  ...mark('any', 'path', '-app -group', ['**/*newrelic*/**', '**/*LogRocket*/**']),
]
