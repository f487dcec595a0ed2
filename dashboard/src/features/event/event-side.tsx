import type { Event } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { Panel } from '~/ui/panel.tsx'
import { formatUtc, parseTime } from '~/ui/time-text.ts'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'

/** Who and where: user, contexts, SDK, packages, and the event's own particulars. */
export function EventSide({ event }: { event: Event }) {
  const contexts = asPairs(event.contexts).filter(([, context]) => !isBlank(context))
  const packages = asPairs(event.packages)
  return (
    <>
      {!isBlank(event.user) && (
        <Panel id="user" title="User">
          <FieldList pairs={filled(event.user)} />
        </Panel>
      )}
      {contexts.map(([name, context]) => (
        <Panel id={`context-${name}`} key={name} note="context" title={name}>
          <FieldList pairs={contextPairs(name, context)} />
        </Panel>
      ))}
      {!isBlank(event.sdk) && (
        <Panel id="sdk" title="SDK">
          <FieldList pairs={filled(event.sdk)} />
        </Panel>
      )}
      <Panel id="particulars" title="Event">
        <FieldList pairs={particulars(event)} />
      </Panel>
      {packages.length > 0 && (
        <Panel flush id="packages" note={`${packages.length}`} title="Packages">
          <details className="group px-3 py-2">
            <summary className="text-xs text-kumo-link group-open:mb-1">
              <span className="group-open:hidden">Show all</span>
              <span className="hidden group-open:inline">Hide</span>
            </summary>
            <FieldList pairs={packages} />
          </details>
        </Panel>
      )}
    </>
  )
}

function filled(value: unknown): [string, unknown][] {
  return asPairs(value).filter(([, each]) => !isBlank(each))
}

function contextPairs(name: string, context: unknown): [string, unknown][] {
  if (context === null || typeof context !== 'object') return [['value', context]]
  const pairs = filled(context).filter(([key, value]) => !(key === 'type' && value === name))
  return pairs.length > 0 ? pairs : [['type', name]]
}

/** Fields with a place of their own on the page; all others end up in this list. */
const SHOWN_ELSEWHERE = new Set([
  'id',
  'eventID',
  'groupID',
  'projectID',
  'title',
  'message',
  'culprit',
  'location',
  'type',
  'platform',
  'dateCreated',
  'dateReceived',
  'size',
  'entries',
  'tags',
  'contexts',
  'context',
  'user',
  'sdk',
  'packages',
  'errors',
  'metadata',
  'fingerprints',
  'release',
  'dist',
  'nextEventID',
  'previousEventID',
  'sampling',
  // What the API adds for its own clients; nothing an SDK sent.
  '_meta',
  'crashFile',
  'groupingConfig',
  'sdkUpdates',
  'resolvedWith',
  'userReport',
])

function particulars(event: Event): [string, unknown][] {
  const received = parseTime(event.dateReceived)
  const rest = Object.entries(event).filter(([key]) => !SHOWN_ELSEWHERE.has(key))
  const pairs: [string, unknown][] = [
    ['id', event.eventID],
    ['type', event.type],
    ['platform', event.platform],
    ['location', event.location],
    ['received', received === undefined ? undefined : formatUtc(received)],
    ['bytes', event.size],
    ['release', releaseText(event.release)],
    ['dist', event.dist],
    ['fingerprints', event.fingerprints],
    ['metadata', event.metadata],
    ...rest,
  ]
  return pairs.filter(([, value]) => !isBlank(value))
}

function releaseText(release: unknown): unknown {
  if (release !== null && typeof release === 'object' && 'version' in release) {
    return asText(release.version)
  }
  return release
}
