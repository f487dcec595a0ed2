import { gunzipSync, gzipSync } from 'node:zlib'

import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { matchInboundFilter } from '#domain/filter/match-inbound-filter.ts'
import { groupEvent } from '#domain/grouping/group-event.ts'
import { DEFAULT_GROUPING_CONFIG } from '#domain/grouping/grouping-config.ts'
import { ProjectOptions } from '#domain/project/project-config.ts'
import { scrubEvent } from '#domain/scrub/scrub-event.ts'
import { parseUserAgent } from '#platform/user-agent.ts'
import { makeEventJson } from '../make-event.ts'

/** CPU of one event in the edge's recipe, and of grouping it, µs. */
export interface StageCost {
  name: string
  /** Inflate, parse, serialize: what any server does to an event. */
  floor: number
  normalize: number
  filter: number
  scrub: number
  /** The processor's share of it: no more than the floor for an event of 30 frames. */
  group: number
}

/** Different events, so that nothing is remembered from one that would not be in life. */
const EVENTS = 100
const ROUNDS = 45
/** As SDKs' events are: a small one, one with many breadcrumbs, one with a deep stack. */
const SAMPLES: { name: string; bytes: number; frames: number }[] = [
  { name: '8.5 KB, 12 frames', bytes: 8_500, frames: 12 },
  { name: '35 KB, 12 frames', bytes: 35_000, frames: 12 },
  { name: '20 KB, 30 frames', bytes: 20_000, frames: 30 },
]

const { filters, scrubbing } = ProjectOptions.parse({
  filters: { localhost: true, browserExtensions: true, webCrawlers: true, legacyBrowsers: ['ie'] },
})
const ORIGIN = { clientIp: '203.0.113.7', parseUserAgent }

/** What the edge does to an event beyond the floor, and what grouping it costs, measured on this machine's V8. */
export function measureStage(): StageCost[] {
  return SAMPLES.map(({ name, bytes, frames }) => {
    const bodies = Array.from({ length: EVENTS }, (_, serial) =>
      gzipSync(makeEventJson(planOf(serial), bytes, frames), { level: 1 }),
    )
    const rounds = Array.from({ length: ROUNDS }, () => measureRound(bodies, name))
    return quickQuarter(rounds.slice(ROUNDS / 3)) // the first ones warm up
  })
}

/** Stage by stage over all events, by the CPU they take: whoever else runs here takes none of it. */
function measureRound(bodies: Uint8Array[], name: string): StageCost {
  const now = Date.now()
  const parse = (body: Uint8Array) =>
    JSON.parse(new TextDecoder().decode(gunzipSync(body))) as Record<string, unknown>
  const [floor] = timed(bodies, (body) => JSON.stringify(parse(body)))
  const raws = bodies.map(parse)
  const [normalize, events] = timed(raws, (raw) =>
    normalizeEvent(raw, { eventId: String(raw['event_id']), now, ...ORIGIN }),
  )
  const [filter] = timed(events, (event) => matchInboundFilter(event, filters, ORIGIN))
  const [scrub, scrubbed] = timed(events, (event) => scrubEvent(event, scrubbing))
  const [group] = timed(scrubbed, (event) => groupEvent(event, DEFAULT_GROUPING_CONFIG))
  return { name, floor, normalize, filter, scrub, group }
}

/** CPU of one call, µs, and what the calls answered. */
function timed<Item, Result>(
  items: Item[],
  act: (item: Item) => Result,
): [cpuUs: number, results: Result[]] {
  const before = process.cpuUsage()
  const results = items.map(act)
  const { user, system } = process.cpuUsage(before)
  return [(user + system) / items.length, results]
}

/** What a quarter of the rounds kept below: a machine has neighbours, and they only ever slow it. */
function quickQuarter(rounds: StageCost[]): StageCost {
  const at = (part: Exclude<keyof StageCost, 'name'>) =>
    rounds.map((round) => round[part]).toSorted((a, b) => a - b)[rounds.length >> 2]!
  return {
    name: rounds[0]!.name,
    floor: at('floor'),
    normalize: at('normalize'),
    filter: at('filter'),
    scrub: at('scrub'),
    group: at('group'),
  }
}

function planOf(serial: number) {
  return {
    eventId: serial.toString(16).padStart(32, 'a'),
    issue: serial % 20,
    serial: serial * 7919,
    release: `shop@1.${serial % 9}`,
    environment: 'production',
    user: String(serial),
  }
}

/** One line for each size. */
export function formatStage(costs: StageCost[]): string {
  const lines = costs
    .map(({ name, floor, normalize, filter, scrub, group }) => {
      const part = (time: number) => (time / floor).toFixed(2)
      const whole = floor + normalize + filter + scrub
      const parts = `normalize ${part(normalize)}, filter ${part(filter)}, scrub ${part(scrub)}`
      return `    ${name.padStart(17)}  ${part(whole)} times the floor of ${floor.toFixed(0)} µs (${parts}); grouping ${part(group)}`
    })
    .join('\n')
  return `\n  the edge's recipe, inflating, parsing and serializing being the floor; and grouping\n${lines}`
}
