import type { ReactNode } from 'react'

type PanelProps = {
  title: string
  /** Small print beside the title: a count, a hint. */
  note?: ReactNode
  actions?: ReactNode
  id?: string
  /** Without padding, for content that reaches the edges (frames, rows). */
  flush?: boolean
  children: ReactNode
}

/** One titled section of a page. */
export function Panel({ title, note, actions, id, flush, children }: PanelProps) {
  return (
    <section
      aria-label={title}
      className="min-w-0 scroll-mt-16 overflow-hidden rounded-lg bg-kumo-base ring-1 ring-kumo-line"
      id={id}
    >
      <header className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-kumo-hairline px-3 py-1.5">
        <h2 className="text-sm font-semibold">{title}</h2>
        {note !== undefined && <span className="text-xs text-kumo-subtle">{note}</span>}
        {actions !== undefined && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </header>
      <div className={flush ? '' : 'px-3 py-2'}>{children}</div>
    </section>
  )
}
