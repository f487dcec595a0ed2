import type { Exception } from '#domain/event/event.ts'
import { type Component, component, switchedOff } from '../component/component.ts'
import { platformFamily } from '../platform-family.ts'
import { stacktraceComponents } from './stacktrace.ts'
import type { PreparedException, Subject } from './subject.ts'

/** `system` is missing where the exception has no stack trace. */
export interface ExceptionVariants {
  app: Component
  system?: Component
}

/** One exception: its type, its value or where it came from (spec/grouping.md §5.1). */
export function exceptionVariants(
  { exception, stacktrace }: PreparedException,
  { options, platform }: Subject,
): ExceptionVariants {
  const sent = { type: textOf(exception.type), value: textOf(exception.value) }
  const refined = options.exception(sent, platformFamily(platform))
  const type = typeComponent(refined.type, exception)
  const nsError = nsErrorComponent(exception)
  const text = refined.value === null ? '' : options.message(refined.value)
  const value = component('value', text === '' ? [] : [text])
  const variants = stacktrace && stacktraceComponents(stacktrace, options)

  const assemble = (trace: Component): Component => {
    const domain = nsError ? [nsError] : []
    const text = besides(value, trace, nsError)
    const parts = options.stacktraceFirst
      ? [trace, type, ...domain, text]
      : [type, text, ...domain, trace]
    return component('exception', parts)
  }
  if (!variants) return { app: assemble(component('stacktrace', [])) }
  return { app: assemble(variants.app), system: assemble(variants.system) }
}

function typeComponent(type: string | null, { mechanism }: Exception): Component {
  if (type === null) return component('type', [])
  const whole = component('type', [type])
  return mechanism?.synthetic === true
    ? switchedOff(whole, 'the type was made up by the SDK')
    : whole
}

/** A value counts only where nothing better does. */
function besides(value: Component, stacktrace: Component, nsError: Component | null): Component {
  if (!value.contributes) return value
  if (stacktrace.contributes) return switchedOff(value, 'the stack trace says more')
  return nsError?.contributes ? switchedOff(value, 'the error’s domain and code say more') : value
}

/** Apple's errors are known by a domain and a code in it. */
function nsErrorComponent({ mechanism }: Exception): Component | null {
  const error = mechanism?.meta?.['ns_error']
  if (typeof error !== 'object' || error === null) return null
  const { domain, code } = error as Record<string, unknown>
  return component('ns_error', [
    component('domain', [primitive(domain)]),
    component('code', [primitive(code)]),
  ])
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function primitive(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
