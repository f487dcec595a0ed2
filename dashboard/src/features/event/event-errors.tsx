import type { ProcessingError } from '#contract/event.ts'
import { Icon } from '~/ui/icon.tsx'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'

/** What went wrong while we read the event: said plainly, so nobody wonders where a field is. */
export function EventErrors({ errors }: { errors: ProcessingError[] }) {
  if (errors.length === 0) return null
  return (
    <details
      className="rounded-lg bg-kumo-warning-tint ring-1 ring-kumo-line"
      open={errors.length <= 3}
    >
      <summary className="flex items-center gap-2 px-3 py-2 text-sm">
        <span className="text-kumo-warning">
          <Icon name="warning" />
        </span>
        {errors.length === 1 ? 'One problem' : `${errors.length} problems`} while processing this
        event
      </summary>
      <ul className="space-y-1 px-3 pb-2 pl-9 text-sm">
        {errors.map((error, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: problems may repeat word for word
          <li className="wrap-anywhere" key={i} title={error.type}>
            {error.message || error.type}
            {!isBlank(error.data) && (
              <span className="ml-2 font-mono text-xs text-kumo-subtle">
                {detailsOf(error.data)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** `name timestamp · value 17`: fields on one line, or the value itself. */
function detailsOf(data: unknown): string {
  const pairs = asPairs(data)
  if (pairs.length === 0) return asText(data)
  return pairs.map(([key, value]) => `${key} ${asText(value)}`).join(' · ')
}
