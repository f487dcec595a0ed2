import type { ReactNode } from 'react'

/** A row of links of which one is where the reader stands. */
export function TabBar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="flex shrink-0 gap-0.5 overflow-x-auto rounded-lg bg-kumo-recessed p-0.5 ring-1 ring-kumo-hairline ring-inset"
    >
      {children}
    </nav>
  )
}

/** Classes of a link in a TabBar. */
export function tabLook(isHere: boolean): string {
  const look = isHere
    ? 'bg-kumo-base font-medium shadow-xs ring-1 ring-kumo-line'
    : 'text-kumo-subtle hover:text-kumo-default'
  return `flex h-7 flex-1 items-center justify-center rounded-md px-3 text-xs whitespace-nowrap pointer-coarse:h-8 ${look}`
}
