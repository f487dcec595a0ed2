import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

const TONES = {
  info: { box: 'bg-kumo-info-tint ring-kumo-info/30', mark: 'text-kumo-info', icon: 'info' },
  good: {
    box: 'bg-kumo-success-tint ring-kumo-success/40',
    mark: 'text-kumo-success',
    icon: 'check',
  },
  warning: {
    box: 'bg-kumo-warning-tint ring-kumo-warning/40',
    mark: 'text-kumo-warning',
    icon: 'warning',
  },
  bad: {
    box: 'bg-kumo-danger-tint ring-kumo-danger/40',
    mark: 'text-kumo-danger',
    icon: 'warning',
  },
} satisfies Record<string, { box: string; mark: string; icon: IconName }>

type NoticeProps = {
  tone: keyof typeof TONES
  title: string
  children?: ReactNode
  actions?: ReactNode
}

/** Something a reader should know before reading on. Bad news interrupts a screen reader. */
export function Notice({ tone, title, children, actions }: NoticeProps) {
  const { box, mark, icon } = TONES[tone]
  return (
    <section
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg px-3.5 py-3 ring-1 ${box}`}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      <span className={`mt-0.5 ${mark}`}>
        <Icon name={icon} />
      </span>
      <div className="min-w-0 flex-1 text-sm">
        <h2 className="font-semibold">{title}</h2>
        {children}
      </div>
      {actions}
    </section>
  )
}
