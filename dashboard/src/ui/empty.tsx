import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

type EmptyProps = {
  icon: IconName
  title: string
  children: ReactNode
  actions?: ReactNode
  /** Something failed, rather than being empty. */
  isBad?: boolean
}

/** What stands where a list would, and why there is none. */
export function Empty({ icon, title, children, actions, isBad = false }: EmptyProps) {
  return (
    <section
      className="flex flex-col items-center rounded-lg bg-kumo-base px-6 py-16 text-center ring-1 ring-kumo-line"
      role={isBad ? 'alert' : undefined}
    >
      <span
        className={`mb-4 flex size-11 items-center justify-center rounded-full ${
          isBad ? 'bg-kumo-danger-tint text-kumo-danger' : 'bg-kumo-recessed text-kumo-subtle'
        }`}
      >
        <Icon name={icon} size={20} />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mt-1 max-w-lg wrap-anywhere text-kumo-subtle">{children}</p>
      {actions !== undefined && <div className="mt-4 flex gap-2">{actions}</div>}
    </section>
  )
}
