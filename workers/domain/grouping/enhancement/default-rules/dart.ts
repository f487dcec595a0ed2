import type { EnhancementRule } from '../rule.ts'
import { mark, markBoth } from './rule-table.ts'

/**
 * Dart and Flutter, in all the shapes their stack traces take.
 */
export const DART: EnhancementRule[] = [
  ...markBoth('native', ['package', 'path'], '+app', [['/data/app/**', '**/*.dart']]),
  ...mark('javascript', 'path', '-app -group', ['org-dartlang-sdk:///**']),
  ...mark('javascript', 'module', '-app', ['**/packages/flutter/**']),
  ...mark('native', 'path', '-app', [
    '**/packages/flutter/**',
    'lib/ui/hooks.dart',
    'lib/ui/platform_dispatcher.dart',
    'package:flutter/**',
    'dart:**',
    'dart:*/**',
  ]),
  ...mark('native', 'package', '-app', [
    '**/Frameworks/FlutterMacOS.framework/**',
    '**/Frameworks/Flutter.framework/**',
  ]),
  ...mark('native', 'path', '-app', ['third_party/dart/sdk/**']),
  ...mark('native', 'function', '-app', ['stub InvokeDartCode', 'stub CallBootstrapNative']),
  ...mark('any', 'path', '-app -group', [
    'package:sentry/**',
    'package:sentry_flutter/**',
    'package:sentry_logging/**',
    'package:sentry_dio/**',
    'package:sentry_file/**',
    'package:sentry_hive/**',
    'package:sentry_isar/**',
    'package:sentry_sqflite/**',
    'package:sentry_drift/**',
  ]),
  ...mark('any', 'path', '-app', [
    'package:sentry_isar/**',
    'package:sentry_link/**',
    'package:sentry_firebase_remote_config/**',
  ]),
  ...mark('native', 'path', '-app', ['**/.pub-cache/**']),
]
