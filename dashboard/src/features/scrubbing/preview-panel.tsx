import { type ReactNode, useState } from 'react'
import type { ScrubbingPreview } from '#contract/scrubbing-preview.ts'
import type { PreviewSubject } from '~/api/settings.ts'
import { Panel } from '~/ui/panel.tsx'
import { TabBar, tabLook } from '~/ui/tab-bar.tsx'
import { TextArea } from '~/ui/text-area.tsx'
import { HitList } from './hit-list.tsx'
import { SAMPLE_EVENT } from './sample-event.ts'

const WAYS = { latest: 'Latest event', sample: 'A sample', paste: 'Paste one' }
type Way = keyof typeof WAYS

type PreviewPanelProps = {
  /** The event to try the draft on. */
  subject: PreviewSubject
  onChoose: (subject: PreviewSubject) => void
  preview: ScrubbingPreview | undefined
  /** Why there is none, or why it is an older one. */
  problem: string | undefined
  isWaiting: boolean
  /** How far the draft reaches. */
  children: ReactNode
}

/** One event before and after, as the draft would have it. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { subject, onChoose, preview, problem, isWaiting, children } = props
  const [way, setWay] = useState<Way>('latest')
  const choose = (next: Way) => {
    setWay(next)
    if (next === 'latest') onChoose({ eventId: 'latest' })
    if (next === 'sample') onChoose({ event: SAMPLE_EVENT })
  }
  const isNamed = 'eventId' in subject && subject.eventId !== 'latest'
  return (
    <Panel
      actions={
        <TabBar label="Event to try">
          {(Object.keys(WAYS) as Way[]).map((each) => (
            <button
              aria-pressed={each === way}
              className={`cursor-pointer ${tabLook(each === way)}`}
              key={each}
              onClick={() => choose(each)}
              type="button"
            >
              {each === 'latest' && isNamed ? 'This event' : WAYS[each]}
            </button>
          ))}
        </TabBar>
      }
      flush
      note="nothing is saved yet"
      title="Preview"
    >
      <div className="border-b border-kumo-hairline">{children}</div>
      {way === 'paste' && <PasteBox onPaste={(event) => onChoose({ event })} />}
      <div aria-busy={isWaiting} className={isWaiting ? 'opacity-60' : ''}>
        {problem !== undefined ? (
          <p className="px-3.5 py-6 text-center text-sm text-kumo-danger" role="alert">
            {problem}
          </p>
        ) : preview?.event ? (
          <HitList event={preview.event} />
        ) : (
          <p className="px-3.5 py-6 text-center text-sm text-kumo-subtle">
            {preview || way === 'paste' ? 'There is no event to try this on yet.' : 'Trying …'}
          </p>
        )}
      </div>
    </Panel>
  )
}

/** Takes an event as an SDK sends it, or as “JSON” of an event's page shows it. */
function PasteBox({ onPaste }: { onPaste: (event: unknown) => void }) {
  const [text, setText] = useState('')
  const parsed = parse(text)
  return (
    <div className="border-b border-kumo-hairline px-3.5 py-3">
      <TextArea
        label="Event, as JSON"
        onChange={(event) => {
          setText(event.target.value)
          const next = parse(event.target.value)
          if (next) onPaste(next)
        }}
        placeholder={'{ "message": "login failed", "extra": { "password": "hunter2" } }'}
        problem={text.trim() !== '' && !parsed ? 'This is not a JSON object yet.' : undefined}
        rows={6}
        value={text}
      />
    </div>
  )
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined // told below the text
  }
}
