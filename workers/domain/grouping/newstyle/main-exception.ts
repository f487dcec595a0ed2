import type { PreparedException } from './subject.ts'

const RECOVERED = /^There was an error (?:during concurrent rendering|while hydrating)/
const RXJAVA_WRAPPERS = new Set([
  'OnErrorNotImplementedException',
  'CompositeException',
  'UndeliverableException',
])

/**
 * The exception a wrapper hides, for title and culprit only: React's recovered errors and RxJava's
 * three wrappers say nothing about what happened (spec/grouping.md §5.2).
 */
export function mainExceptionId(exceptions: PreparedException[]): number | null {
  const list = exceptions.map(({ exception }) => exception)
  const [inner, outer] = [list[0], list.at(-1)]
  const isRecovered =
    list.length === 2 &&
    inner?.mechanism?.['source'] === 'cause' &&
    RECOVERED.test(String(outer?.value ?? ''))
  if (isRecovered) return inner.mechanism?.exception_id ?? null
  const wrapper = list.find(
    ({ module, type }) =>
      module === 'io.reactivex.rxjava3.exceptions' && RXJAVA_WRAPPERS.has(String(type)),
  )
  const wrapperId = wrapper?.mechanism?.exception_id
  if (typeof wrapperId !== 'number') return null
  const wrapped = list.find(({ mechanism }) => mechanism?.parent_id === wrapperId)
  return wrapped?.mechanism?.exception_id ?? null
}
