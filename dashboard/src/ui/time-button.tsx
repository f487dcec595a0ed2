import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { chooseTimeMode, useTimeMode } from './time-mode.ts'

/** Turns every time on the page from relative to UTC, and back. */
export function TimeButton() {
  const isUtc = useTimeMode() === 'utc'
  const next = isUtc ? 'Show times relative to now' : 'Show times in UTC'
  return (
    <Button
      aria-label={next}
      aria-pressed={isUtc}
      className={isUtc ? 'bg-kumo-tint' : 'text-kumo-subtle!'}
      icon={<Icon name="clock" />}
      onClick={() => chooseTimeMode(isUtc ? 'ago' : 'utc')}
      title={next}
      variant="ghost"
    >
      <span className="hidden sm:inline">UTC</span>
    </Button>
  )
}
