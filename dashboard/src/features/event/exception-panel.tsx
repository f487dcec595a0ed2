import { useState } from 'react'
import { ExceptionData, type ExceptionValue } from '#contract/event.ts'
import { Button } from '~/ui/button.tsx'
import { Panel } from '~/ui/panel.tsx'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'
import { StackTrace } from './stack-trace.tsx'

/** The exception that was caught, then what caused it, each with its trace. */
export function ExceptionPanel({ data }: { data: unknown }) {
  const parsed = ExceptionData.safeParse(data)
  const [showAll, setShowAll] = useState(false)
  const [showRaw, setShowRaw] = useState(false)
  const values = (parsed.data?.values ?? []).filter((value) => value !== null).toReversed()
  const hasSystem = values.some((value) => mixesFrames(value))
  const hasRaw = values.some((value) => !isBlank(value.rawStacktrace?.frames))
  return (
    <Panel
      actions={
        <>
          {hasRaw && (
            <Button onClick={() => setShowRaw(!showRaw)} size="xs" variant="ghost">
              {showRaw ? 'Show original' : 'Show minified'}
            </Button>
          )}
          {hasSystem && (
            <Button onClick={() => setShowAll(!showAll)} size="xs" variant="ghost">
              {showAll ? 'App frames only' : 'All frames'}
            </Button>
          )}
        </>
      }
      flush
      id="exception"
      note={values.length > 1 ? `chain of ${values.length}, newest first` : 'newest frame first'}
      title="Exception"
    >
      {values.map((value, i) => (
        <article
          className={i > 0 ? 'border-t-4 border-kumo-hairline' : ''}
          // biome-ignore lint/suspicious/noArrayIndexKey: a chain has no ids, only order
          key={i}
        >
          <ExceptionHeading isCause={i > 0} value={value} />
          <TraceOf showAll={showAll} showRaw={showRaw} value={value} />
        </article>
      ))}
    </Panel>
  )
}

function ExceptionHeading({ value, isCause }: { value: ExceptionValue; isCause: boolean }) {
  const mechanism = asPairs(value.mechanism).filter(
    ([key, each]) => !isBlank(each) && key !== 'type',
  )
  const handled = value.mechanism?.handled
  return (
    <header className="border-b border-kumo-hairline px-3 py-2">
      {isCause && <p className="text-xs text-kumo-subtle">caused by</p>}
      <h3 className="font-semibold wrap-anywhere">
        {asText(value.type) || 'Exception'}
        {!isBlank(value.module) && (
          <span className="ml-2 font-mono text-xs font-normal text-kumo-subtle">
            {asText(value.module)}
          </span>
        )}
      </h3>
      {!isBlank(value.value) && (
        <p className="max-h-60 overflow-y-auto text-sm wrap-anywhere whitespace-pre-wrap">
          {asText(value.value)}
        </p>
      )}
      {value.mechanism && (
        <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 font-mono text-xs text-kumo-subtle">
          <li>mechanism {asText(value.mechanism.type) || 'generic'}</li>
          {mechanism.map(([key, each]) => (
            <li
              className={`wrap-anywhere ${key === 'handled' && handled === false ? 'font-semibold text-kumo-danger' : ''}`}
              key={key}
            >
              {key} {key === 'handled' ? (each === true ? 'yes' : 'no') : asText(each)}
            </li>
          ))}
          {!isBlank(value.threadId) && <li>thread {asText(value.threadId)}</li>}
        </ul>
      )}
    </header>
  )
}

function TraceOf(props: { value: ExceptionValue; showAll: boolean; showRaw: boolean }) {
  const { value, showAll, showRaw } = props
  const stack = (showRaw ? value.rawStacktrace : undefined) ?? value.stacktrace
  if (!stack) return <p className="px-3 py-2 text-sm text-kumo-subtle">No stack trace.</p>
  return <StackTrace showAll={showAll} stack={stack} />
}

function mixesFrames(value: ExceptionValue): boolean {
  const frames = value.stacktrace?.frames ?? []
  return (
    frames.some((frame) => frame?.inApp === true) && frames.some((frame) => frame?.inApp !== true)
  )
}
