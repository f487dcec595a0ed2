import type { EnhancementRule } from '../rule.ts'
import { mark, written } from './rule-table.ts'

/**
 * Where an application lives, and then where it does not. The negative rules come later and so win.
 */
export const APP_PLACES: EnhancementRule[] = [
  ...mark('native', 'package', '+app', [
    '/var/containers/Bundle/Application/**',
    '/private/var/containers/Bundle/Application/**',
    '**/Developer/CoreSimulator/Devices/**',
    '**/Containers/Bundle/Application/**',
    '**.app/Contents/**',
    '/Users/**',
  ]),
  ...mark('native', 'function', 'v+app -app ^-app', [
    'UE::Logging::Private::BasicFatalLog',
    'FDebug::CheckVerifyFailedImpl*',
  ]),
  ...written(
    'function:*::Impl::ExecCheckImplInternal | [ function:FDebug::CheckVerifyFailedImpl ] -app',
    'function:FDebug::CheckVerifyFailedImpl2 | [ function:FDebug::CheckVerifyFailedImpl2V ] -app',
  ),
  ...mark('native', 'function', 'v+app -app ^-app', [
    'FDebug::OptionallyLogFormattedEnsureMessageReturningFalse',
  ]),
  ...written(
    'category:indirection | [ function:FDebug::OptionallyLogFormattedEnsureMessageReturningFalse ] -app',
  ),
  ...mark('native', 'function', 'v+app -app ^-app', [
    'DispatchCheckVerify*',
    'UE::Assert::Private::ExecCheckImplInternal*',
    'USentrySubsystem::CaptureMessage*',
    'USentrySubsystem::CaptureMessageWithScope*',
    'USentrySubsystem::CaptureEvent*',
    'USentrySubsystem::CaptureEventWithScope*',
    'USentrySubsystem::*execCapture*',
  ]),
  ...mark('any', 'package', '-app', ['/lib/**', '/usr/lib/**']),
  ...mark('any', 'path', '-app', [
    '/usr/local/lib/**',
    '/usr/local/Cellar/**',
    '**/.local/share/**',
  ]),
  ...mark('native', 'function', '-app', [
    'std::*',
    'core::*',
    'alloc::*',
    '__rust_*',
    'rust_begin_unwind',
  ]),
]
