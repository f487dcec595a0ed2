/** What a transaction measured, in names and units that can be compared (spec §3.12). */
import type { Draft } from '../normalize/draft.ts'
import { setOwn } from '../own-key.ts'
import type { Measurement, Measurements } from '../schema/measurement-schema.ts'
import type { Notes } from '../schema/notes.ts'
import { knownUnit } from './measurement-kinds.ts'

/** Measurements of a user's own making per transaction (spec/event-processing.md §3.12). */
export const CUSTOM_MEASUREMENTS_MAX = 10
/** Slower starts and displays are a phone that slept meanwhile. Milliseconds. */
const DURATION_MAX_MS = 180_000

const MOBILE_DURATIONS = new Set([
  'app_start_cold',
  'app_start_warm',
  'time_to_initial_display',
  'time_to_full_display',
])
const OLD_NAMES: Record<string, string> = {
  'app.start.cold': 'app_start_cold',
  'app.start.warm': 'app_start_warm',
}
const NAME = /^[a-z][a-z0-9_.-]*$/

export function completeMeasurements(event: Draft, notes: Notes): void {
  const sent = event['measurements'] as Measurements | null | undefined
  if (event.type !== 'transaction' || !sent) {
    delete event['measurements']
    return
  }
  notes.enter('measurements')
  const kept: Measurements = {}
  for (const [name, measurement] of readNames(sent, notes)) setOwn(kept, name, measurement)
  addRates(kept, durationMs(event))
  notes.leave()
  event['measurements'] = kept
}

/** By their present names, in order; without those that no one could compare. */
function readNames(sent: Measurements, notes: Notes): [string, Measurement][] {
  const read: [string, Measurement][] = []
  const refused: Record<string, Measurement | null> = {}
  let customs = 0
  for (const sentName of Object.keys(sent).sort()) {
    const measurement = sent[sentName]
    const name = presentName(sentName)
    // Scores are ours to compute.
    if (!measurement || name.startsWith('score.')) continue
    const value = measurement.value ?? null
    if (value === null || (MOBILE_DURATIONS.has(name) && value > DURATION_MAX_MS)) continue
    const unit = knownUnit(name)
    const isFine = unit
      ? value >= 0 && (measurement.unit ?? unit) === unit
      : NAME.test(name) && customs < CUSTOM_MEASUREMENTS_MAX
    if (!unit && isFine) customs += 1
    if (isFine) read.push([name, { value, unit: measurement.unit ?? unit ?? 'none' }])
    else setOwn(refused, sentName, measurement)
  }
  const names = Object.keys(refused)
  if (names.length > 0)
    notes.invalid(`refused measurements: ${names.slice(0, 10).join(', ')}`, refused)
  return read
}

function presentName(sent: string): string {
  const name = sent.trim().toLowerCase()
  return Object.hasOwn(OLD_NAMES, name) ? OLD_NAMES[name]! : name
}

function addRates(measurements: Measurements, duration: number | null): void {
  const total = measured(measurements, 'frames_total')
  if (total) {
    setRate(measurements, 'frames_slow_rate', measured(measurements, 'frames_slow'), total)
    setRate(measurements, 'frames_frozen_rate', measured(measurements, 'frames_frozen'), total)
  }
  if (duration) {
    setRate(measurements, 'stall_percentage', measured(measurements, 'stall_total_time'), duration)
  }
}

function setRate(
  measurements: Measurements,
  name: string,
  part: number | null,
  whole: number,
): void {
  if (part !== null) measurements[name] = { value: part / whole, unit: 'ratio' }
}

export function measured(measurements: Measurements, name: string): number | null {
  return Object.hasOwn(measurements, name) ? (measurements[name]?.value ?? null) : null
}

function durationMs({ timestamp, start_timestamp: start }: Draft): number | null {
  if (typeof timestamp !== 'number' || typeof start !== 'number') return null
  return (timestamp - start) * 1000
}
