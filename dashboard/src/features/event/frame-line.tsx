import { useState } from 'react'
import type { Frame } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { Icon } from '~/ui/icon.tsx'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'
import { describeFrame, sourceOf } from './frame-text.ts'
import { SourceLines } from './source-lines.tsx'

type FrameLineProps = { frame: Frame; repeats: number; startsOpen: boolean }

/** One frame: where, and behind a click the source around it and its variables. */
export function FrameLine({ frame, repeats, startsOpen }: FrameLineProps) {
  const [open, setOpen] = useState(startsOpen)
  const text = describeFrame(frame)
  const source = sourceOf(frame)
  const vars = asPairs(frame.vars)
  const hasMore = source.length > 0 || vars.length > 0
  const strength = text.isInApp ? '' : 'text-kumo-subtle'
  return (
    <li className={text.isInApp ? 'bg-kumo-base' : 'bg-kumo-elevated'}>
      <button
        aria-expanded={hasMore ? open : undefined}
        className={`flex w-full items-start gap-2 px-3 py-1.5 text-left ${hasMore ? 'cursor-pointer hover:bg-kumo-tint' : 'cursor-default'}`}
        disabled={!hasMore}
        onClick={() => setOpen(!open)}
        type="button"
      >
        <span
          className={`mt-0.5 text-kumo-subtle transition-transform ${open ? 'rotate-90' : ''} ${hasMore ? '' : 'invisible'}`}
        >
          <Icon name="chevronRight" size={12} />
        </span>
        <span className={`min-w-0 flex-1 font-mono text-xs leading-5 wrap-anywhere ${strength}`}>
          <span
            className={text.isInApp ? 'font-semibold' : ''}
            title={asText(frame.rawFunction) || undefined}
          >
            {text.name}
          </span>
          {text.place !== '' && (
            <span className="text-kumo-subtle" title={asText(frame.absPath) || undefined}>
              {' in '}
              <span className={text.isInApp ? 'text-kumo-default' : ''}>{text.place}</span>
            </span>
          )}
          {text.module !== '' && <span className="text-kumo-subtle"> ({text.module})</span>}
        </span>
        {repeats > 1 && <span className="shrink-0 text-xs text-kumo-warning">×{repeats}</span>}
        <span className="shrink-0 text-xs leading-5 text-kumo-subtle">
          {text.isInApp ? 'app' : 'system'}
        </span>
      </button>
      {open && source.length > 0 && <SourceLines at={frame.lineNo} lines={source} />}
      {open && vars.length > 0 && (
        <div className="border-t border-kumo-hairline px-3 py-1 pl-8">
          <FieldList pairs={vars} />
        </div>
      )}
      {open && !isBlank(frame.errors) && (
        <p className="px-3 py-1 pl-8 text-xs wrap-anywhere text-kumo-warning">
          {asText(frame.errors)}
        </p>
      )}
    </li>
  )
}
