import type { EnhancementRule } from '../rule.ts'
import { inner, mark, written } from './rule-table.ts'

/**
 * What a category becomes beside another: the system calling the system is its internals, and one
 * system frame between two others is a mere detour.
 */
export const NEIGHBOURS: EnhancementRule[] = [
  ...written('category:driver | [ category:driver ] category=internals'),
  ...inner('gl>gl', 'av>av', 'malloc>malloc'),
  ...written(
    'function:<module> | [ function:spawn_main ] category=internals',
    '[ function:_purecall ] | category:throw category=internals',
  ),
  ...inner('throw>throw'),
  ...written(
    'family:native category:system function:_* !function:_purecall category=internals',
    'family:native category:system function:"<unknown>" category=internals',
  ),
  ...mark('native', 'function', 'category=internals', [
    '_INTERNAL*',
    'closure',
    'Collection.map<T>',
    'Array.subscript.getter',
    'Array._getElement',
    '_ArrayBuffer._nativeTypeChecked.getter',
    'range',
    '@callee_guaranteed',
  ]),
  ...mark('native', 'function', 'category=indirection', ['*.cold.1']),
  ...written('[ !category:system ] | category:system | [ !category:system ] category=indirection'),
  ...inner(
    'free>system',
    'system>system',
    'std>system',
    'std>std',
    'ui>ui',
    'ui>system',
    'internals>system',
    'internals>ui',
    'load>system',
    'load>load',
    'throw>system',
    'runtime>system',
    'runtime>runtime',
    'dtor>dtor',
  ),
]
