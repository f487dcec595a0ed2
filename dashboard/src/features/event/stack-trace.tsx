import { useState } from 'react'
import type { Stacktrace } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'
import { FrameLine } from './frame-line.tsx'
import { foldFrames, frameToOpen } from './frame-text.ts'

/** A trace longer than this starts cut: what matters is at its newer end. */
const RUNS_SHOWN = 24

/** Frames, newest first. `showAll` unfolds the system frames for the whole trace. */
export function StackTrace({ stack, showAll }: { stack: Stacktrace; showAll: boolean }) {
  const frames = (stack.frames ?? []).filter((frame) => frame !== null)
  const runs = foldFrames(frames, !showAll)
  const opened = frameToOpen(runs)
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? runs : runs.slice(0, RUNS_SHOWN)
  if (frames.length === 0) {
    return <p className="px-3 py-2 text-sm text-kumo-subtle">The SDK sent no frames.</p>
  }
  return (
    <div>
      <ol className="divide-y divide-kumo-hairline">
        {shown.map((run) =>
          run.kind === 'frame' ? (
            <FrameLine
              frame={run.frame}
              key={run.key}
              repeats={run.repeats}
              startsOpen={run.key === opened}
            />
          ) : (
            <SystemFrames count={run.frames.length} key={run.key}>
              {run.frames.map((frame, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: frames have no identity but their place
                <FrameLine frame={frame} key={i} repeats={1} startsOpen={false} />
              ))}
            </SystemFrames>
          ),
        )}
      </ol>
      {runs.length > shown.length && (
        <button
          className="w-full cursor-pointer border-t border-kumo-hairline px-3 py-2 text-left text-xs text-kumo-link hover:bg-kumo-tint"
          onClick={() => setWhole(true)}
          type="button"
        >
          Show {runs.length - shown.length} older frames
        </button>
      )}
      {!isBlank(stack.framesOmitted) && (
        <p className="border-t border-kumo-hairline px-3 py-1.5 text-xs text-kumo-subtle">
          The SDK left out frames: {asText(stack.framesOmitted)}
        </p>
      )}
      {!isBlank(stack.registers) && (
        <details className="border-t border-kumo-hairline px-3 py-1.5">
          <summary className="text-xs text-kumo-subtle">Registers</summary>
          <FieldList pairs={asPairs(stack.registers)} />
        </details>
      )}
    </div>
  )
}

function SystemFrames({ count, children }: { count: number; children: React.ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <li>
      <button
        aria-expanded={open}
        className="w-full cursor-pointer bg-kumo-recessed px-3 py-1 text-left text-xs text-kumo-subtle hover:text-kumo-default"
        onClick={() => setOpen(!open)}
        type="button"
      >
        {open ? 'Hide' : 'Show'} {count} system frames
      </button>
      {open && <ol className="divide-y divide-kumo-hairline">{children}</ol>}
    </li>
  )
}
