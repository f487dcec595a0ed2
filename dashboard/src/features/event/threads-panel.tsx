import { type Thread, ThreadsData } from '#contract/event.ts'
import { Badge } from '~/ui/badge.tsx'
import { Panel } from '~/ui/panel.tsx'
import { asText, isBlank } from '~/ui/value-text.ts'
import { StackTrace } from './stack-trace.tsx'

/** Every thread folds; the one that crashed comes first and starts open. */
export function ThreadsPanel({ data }: { data: unknown }) {
  const threads = (ThreadsData.safeParse(data).data?.values ?? [])
    .filter((thread) => thread !== null)
    .toSorted((a, b) => weigh(b) - weigh(a))
  return (
    <Panel flush id="threads" note={`${threads.length}`} title="Threads">
      <div className="divide-y divide-kumo-hairline">
        {threads.map((thread, i) => (
          <details
            // biome-ignore lint/suspicious/noArrayIndexKey: thread ids may repeat or be missing
            key={i}
            open={i === 0 && weigh(thread) > 0 && !isBlank(thread.stacktrace?.frames)}
          >
            <summary className="flex items-center gap-2 px-3 py-1.5 text-sm hover:bg-kumo-tint">
              <span className="font-mono text-xs text-kumo-subtle">{asText(thread.id) || '–'}</span>
              <span className="min-w-0 truncate">{asText(thread.name) || 'unnamed'}</span>
              {thread.crashed === true && <Badge tone="bad">Crashed</Badge>}
              {thread.current === true && <Badge>Current</Badge>}
              {!isBlank(thread.state) && (
                <span className="text-xs text-kumo-subtle">{asText(thread.state)}</span>
              )}
              <span className="ml-auto text-xs text-kumo-subtle">
                {thread.stacktrace?.frames?.length ?? 0} frames
              </span>
            </summary>
            {thread.stacktrace && <StackTrace showAll={false} stack={thread.stacktrace} />}
          </details>
        ))}
      </div>
    </Panel>
  )
}

function weigh(thread: Thread): number {
  return (thread.crashed === true ? 2 : 0) + (thread.current === true ? 1 : 0)
}
