import type { ScrubbingHit, ScrubbingPreview } from '#contract/scrubbing-preview.ts'
import { Badge } from '~/ui/badge.tsx'
import { formatExact } from '~/ui/number-text.ts'
import { cutAt, valueAt } from './place.ts'

type PreviewedEvent = NonNullable<ScrubbingPreview['event']>

const PLACES_SHOWN = 100
const TEXT_CHARS = 2_000

/** Every place of an event that would change: before, after, and by which rule. */
export function HitList({ event }: { event: PreviewedEvent }) {
  const places = [...Map.groupBy(event.hits, ({ path }) => path)]
  if (places.length === 0) {
    return (
      <>
        <div className="px-3.5 pt-6 pb-4 text-center text-sm text-kumo-subtle">
          <p>Nothing in this event would change.</p>
          {event.isStored && <p>It was scrubbed when it came in.</p>}
        </div>
        <WholeEvent event={event} />
      </>
    )
  }
  return (
    <>
      <p className="px-3.5 py-2.5 text-sm">
        <span className="font-semibold">
          {places.length === 1 ? '1 place' : `${formatExact(places.length)} places`}
        </span>{' '}
        would change in {event.isStored ? <EventName id={event.id} /> : 'this event'}.
      </p>
      <ol
        aria-label="Places that change"
        className="divide-y divide-kumo-hairline border-t border-kumo-hairline"
      >
        {places.slice(0, PLACES_SHOWN).map(([path, hits]) => (
          <Place
            after={valueAt(event.after, path)}
            before={valueAt(event.before, path)}
            hits={hits}
            key={path}
            path={path}
          />
        ))}
      </ol>
      {places.length > PLACES_SHOWN && (
        <p className="px-3.5 py-2 text-sm text-kumo-subtle">
          and {formatExact(places.length - PLACES_SHOWN)} more places
        </p>
      )}
      <WholeEvent event={event} />
    </>
  )
}

function EventName({ id }: { id: string }) {
  return (
    <>
      event <span className="font-mono text-xs">{id.slice(0, 8)}</span>
    </>
  )
}

type PlaceProps = { path: string; hits: ScrubbingHit[]; before: unknown; after: unknown }

function Place({ path, hits, before, after }: PlaceProps) {
  const ranges = hits.flatMap(({ range }) => (range ? [range] : []))
  const rules = [...new Set(hits.map(({ rule, method }) => `${rule} · ${method}`))]
  return (
    <li className="px-3.5 py-2.5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-mono text-xs font-medium wrap-anywhere">{path}</span>
        {rules.map((rule) => (
          <Badge key={rule} tone="info">
            {rule}
          </Badge>
        ))}
      </p>
      <div className="mt-1.5 grid gap-x-4 gap-y-1 font-mono text-xs leading-5 sm:grid-cols-2">
        <Side name="Before">{printed(before)}</Side>
        <Side name="After">
          {after === null || after === undefined ? (
            <span className="text-kumo-subtle italic">removed</span>
          ) : (
            <Marked ranges={ranges} text={printed(after)} />
          )}
        </Side>
      </div>
    </li>
  )
}

function Side({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 gap-2 sm:block">
      <span className="w-12 shrink-0 font-sans text-kumo-subtle sm:block sm:w-auto">{name}</span>
      <p className="max-h-40 min-w-0 flex-1 overflow-y-auto wrap-anywhere whitespace-pre-wrap">
        {children}
      </p>
    </div>
  )
}

/** What a rule put in place stands out. */
function Marked({ text, ranges }: { text: string; ranges: [number, number][] }) {
  return cutAt(text, ranges).map((piece, i) =>
    i % 2 === 1 ? (
      <mark
        className="rounded bg-kumo-warning-tint px-0.5 text-kumo-default"
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text
        key={i}
      >
        {piece}
      </mark>
    ) : (
      piece
    ),
  )
}

function WholeEvent({ event }: { event: PreviewedEvent }) {
  const sides = [
    ['Before', event.before],
    ['After', event.after],
  ] as const
  return (
    <details className="group border-t border-kumo-hairline text-sm">
      <summary className="px-3.5 py-2 text-kumo-link">
        <span className="group-open:hidden">Show the whole event</span>
        <span className="hidden group-open:inline">Hide the whole event</span>
      </summary>
      <div className="grid gap-px bg-kumo-hairline sm:grid-cols-2">
        {sides.map(([name, side]) => (
          <figure className="min-w-0 bg-kumo-base" key={name}>
            <figcaption className="px-3.5 pt-2 text-xs text-kumo-subtle">{name}</figcaption>
            <pre className="max-h-96 overflow-auto px-3.5 py-2 font-mono text-xs leading-5">
              {JSON.stringify(side, null, 2)}
            </pre>
          </figure>
        ))}
      </div>
    </details>
  )
}

function printed(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
  return text.length > TEXT_CHARS ? `${text.slice(0, TEXT_CHARS)}…` : text
}
