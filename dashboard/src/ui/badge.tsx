import type { ReactNode } from 'react'

const TONES = {
  plain: 'text-kumo-subtle ring-kumo-line',
  info: 'bg-kumo-info-tint text-kumo-info ring-transparent',
  good: 'bg-kumo-success-tint text-kumo-success ring-transparent',
  warning: 'bg-kumo-warning-tint text-kumo-warning ring-transparent',
  bad: 'bg-kumo-danger-tint text-kumo-danger ring-transparent',
}

/** One word about a thing, small enough to stand in a line of text. */
export function Badge({
  tone = 'plain',
  children,
}: {
  tone?: keyof typeof TONES
  children: ReactNode
}) {
  return (
    <span
      className={`inline-flex h-[18px] shrink-0 items-center rounded px-1.5 text-[11px] font-medium whitespace-nowrap ring-1 ring-inset ${TONES[tone]}`}
    >
      {children}
    </span>
  )
}
