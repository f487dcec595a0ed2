import type { ReactNode } from 'react'
import type { Event } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { formatBytes } from '~/ui/number-text.ts'
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
      {contexts.length > 0 && (
        <Panel flush id="contexts" title="Contexts">
          {contexts.map(([name, context]) => (
            <Section key={name} name={name}>
              <FieldList pairs={contextPairs(name, context)} />
            </Section>
          ))}
        </Panel>
      )}
      <Panel flush id="particulars" title="Event">
        <Section>
          <FieldList pairs={particulars(event)} />
        </Section>
        {!isBlank(event.sdk) && (
          <Section name="SDK">
            <FieldList pairs={filled(event.sdk)} />
          </Section>
        )}
        {packages.length > 0 && (
          <Section>
            <details className="group">
              <summary className="text-xs text-kumo-link">
                {packages.length} {packages.length === 1 ? 'package' : 'packages'}
                <span className="ml-1 inline-block transition-transform group-open:rotate-90">
                  ›
                </span>
              </summary>
              <FieldList pairs={packages} />
            </details>
          </Section>
        )}
      </Panel>
    </>
  )
}

function Section({ name, children }: { name?: string; children: ReactNode }) {
  return (
    <div className="border-t border-kumo-hairline px-3 py-2 first:border-t-0">
      {name !== undefined && <h3 className="mb-0.5 text-xs font-semibold wrap-anywhere">{name}</h3>}
      {children}
    </div>
  )
}

function filled(value: unknown): [string, unknown][] {
  return asPairs(value).filter(([, each]) => !isBlank(each))
}

/** Fields that count bytes, in whatever case an SDK spells them. */
const BYTES_KEY = /(?:memory|storage)(?:_?size)?$/i

function contextPairs(name: string, context: unknown): [string, unknown][] {
  if (context === null || typeof context !== 'object') return [['value', context]]
  const pairs = filled(context).filter(([key, value]) => !(key === 'type' && value === name))
  if (pairs.length === 0) return [['type', name]]
  return pairs.map(([key, value]) =>
    BYTES_KEY.test(key) && typeof value === 'number' ? [key, formatBytes(value)] : [key, value],
  )
}

/** Fields with a place of their own on the page; all others end up in this list. */
const SHOWN_ELSEWHERE = new Set([
  ...['id', 'eventID', 'groupID', 'projectID', 'title', 'message', 'culprit', 'location', 'type'],
  ...['platform', 'dateCreated', 'dateReceived', 'size', 'entries', 'tags', 'contexts', 'context'],
  ...['user', 'sdk', 'packages', 'errors', 'metadata', 'fingerprints', 'release', 'dist'],
  ...['nextEventID', 'previousEventID', 'sampling'],
  // What the API adds for its own clients; nothing an SDK sent.
  ...['_meta', 'crashFile', 'groupingConfig', 'sdkUpdates', 'resolvedWith', 'userReport'],
])

function particulars(event: Event): [string, unknown][] {
  const created = parseTime(event.dateCreated)
  const received = parseTime(event.dateReceived)
  const rest = Object.entries(event).filter(([key]) => !SHOWN_ELSEWHERE.has(key))
  const pairs: [string, unknown][] = [
    ['id', event.eventID],
    ['type', event.type],
    ['platform', event.platform],
    ['location', event.location],
    ['happened', created === undefined ? undefined : formatUtc(created)],
    ['received', received === undefined ? undefined : formatUtc(received)],
    ['size', event.size ? formatBytes(event.size) : undefined],
    ['release', releaseText(event.release)],
    ['dist', event.dist],
    ['fingerprint', event.fingerprints?.join('\n')],
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
