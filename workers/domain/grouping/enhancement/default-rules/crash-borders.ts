import type { EnhancementRule } from '../rule.ts'
import { mark } from './rule-table.ts'

/**
 * Functions that end a program: what they call says nothing about why. And the crash reporters.
 */
export const CRASH_BORDERS: EnhancementRule[] = [
  ...mark('native', 'function', '^-group -group ^-app -app', [
    'std::panicking::begin_panic',
    'core::panicking::begin_panic',
    'failure::backtrace::Backtrace::new',
    'error_chain::make_backtrace',
  ]),
  ...mark('native', 'function', '^-app -app', [
    'std::panicking::panic_fmt',
    'core::panicking::panic_fmt',
  ]),
  ...mark('native', 'function', '^-group -group ^-app -app', [
    '_CxxThrowException',
    '__cxa_throw',
    '__assert_rtn',
    '_NSRaiseError',
  ]),
  ...mark('native', 'function', '-group -app', ['_mh_execute_header']),
  ...mark('native', 'function', '-app -group', ['google_breakpad::*']),
  ...mark('native', 'function', '^-group -group', [
    'google_breakpad::ExceptionHandler::SignalHandler',
    'google_breakpad::ExceptionHandler::WriteMinidumpWithException',
  ]),
  ...mark('native', 'package', '-app', [
    '**/Frameworks/libswift*.dylib',
    '**/Frameworks/KSCrash.framework/**',
    '**/Frameworks/SentrySwift.framework/**',
    '**/Frameworks/Sentry.framework/**',
  ]),
  ...mark('native', 'function', '-app -group', [
    'kscm_*',
    'sentrycrashcm_*',
    'kscrash_*',
    '*sentrycrash_*',
    '?[[]KSCrash*',
    '?[[]RNSentry*',
    '__*[[]Sentry*',
    '?[[]Sentry*',
  ]),
]
