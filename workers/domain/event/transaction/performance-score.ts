/**
 * How good a page felt, from 0 to 1: each web vital on a log-normal curve through two points, then
 * weighted (spec/event-processing.md §3.12).
 */
import type { Draft } from '../normalize/draft.ts'
import type { Measurements } from '../schema/measurement-schema.ts'
import { measured } from './complete-measurements.ts'

interface Component {
  vital: string
  weight: number
  /** The value that scores 0.9, and the one that scores 0.5. Milliseconds, but for `cls`. */
  p10: number
  p50: number
}

const desktop = (weights: { lcp: number; cls: number }): Component[] => [
  { vital: 'fcp', weight: 0.15, p10: 900, p50: 1600 },
  { vital: 'lcp', weight: weights.lcp, p10: 1200, p50: 2400 },
  { vital: 'cls', weight: weights.cls, p10: 0.1, p50: 0.25 },
  { vital: 'ttfb', weight: 0.1, p10: 200, p50: 400 },
]
const mobile = (weights: { lcp: number; cls: number }): Component[] => [
  { vital: 'fcp', weight: 0.15, p10: 1800, p50: 3000 },
  { vital: 'lcp', weight: weights.lcp, p10: 2500, p50: 4000 },
  { vital: 'cls', weight: weights.cls, p10: 0.1, p50: 0.25 },
  { vital: 'ttfb', weight: 0.1, p10: 800, p50: 1800 },
]

const ALL = { lcp: 0.3, cls: 0.15 }
const DEFAULT = desktop(ALL)
/** By the name of the browser; what a browser does not measure weighs nothing. */
const PROFILES: Record<string, Component[]> = {
  Safari: desktop({ lcp: 0, cls: 0 }),
  Firefox: desktop({ lcp: 0.3, cls: 0.15 }),
  'Chrome Mobile': mobile(ALL),
  'Edge Mobile': mobile(ALL),
  'Opera Mobile': mobile(ALL),
  'Firefox Mobile': mobile({ lcp: 0.3, cls: 0 }),
  'Mobile Safari': mobile({ lcp: 0, cls: 0 }),
}
/** For what reports how quickly it reacts and nothing else. */
const INTERACTION: Component[] = [{ vital: 'inp', weight: 1, p10: 200, p50: 500 }]

/** Adds `score.total`, and per vital `score.<vital>` and `score.weight.<vital>`. */
export function scorePerformance(event: Draft): void {
  const measurements = event['measurements'] as Measurements | undefined
  if (!measurements) return
  const browser = event.contexts?.['browser']?.['name']
  const isKnown = typeof browser === 'string' && Object.hasOwn(PROFILES, browser)
  const page = isKnown ? PROFILES[browser]! : DEFAULT
  const components = hasAny(measurements, page) ? page : INTERACTION
  if (hasAny(measurements, components)) addScores(measurements, components)
}

function hasAny(measurements: Measurements, components: Component[]): boolean {
  return components.some(
    ({ vital, weight }) => weight > 0 && measured(measurements, vital) !== null,
  )
}

function addScores(measurements: Measurements, components: Component[]): void {
  const weighted = components.filter(({ weight }) => weight > 0)
  const present = weighted.filter(({ vital }) => measured(measurements, vital) !== null)
  const whole = present.reduce((sum, { weight }) => sum + weight, 0)
  let total = 0
  for (const { vital, weight, p10, p50 } of weighted) {
    const value = measured(measurements, vital)
    const share = value === null ? 0 : weight / whole
    measurements[`score.weight.${vital}`] = { value: share, unit: 'ratio' }
    if (value === null) continue
    const score = scoreOf(value, p10, p50) * share
    measurements[`score.${vital}`] = { value: score, unit: 'ratio' }
    total += score
  }
  measurements['score.total'] = { value: total, unit: 'ratio' }
}

/** `erf⁻¹(0.8)`: makes `p10` score 0.9. */
const ERF_INVERSE = 0.906_193_802_436_823_2

/** 1 for an immediate answer, 0.9 at `p10`, 0.5 at `p50`, towards 0 for the slowest. */
export function scoreOf(value: number, p10: number, p50: number): number {
  if (value <= 0) return 1
  const deviation = Math.abs(Math.log(p10) - Math.log(p50)) / (Math.SQRT2 * ERF_INVERSE)
  return 0.5 * (1 - errorFunction((Math.log(value) - Math.log(p50)) / (Math.SQRT2 * deviation)))
}

/** By its series with positive terms, which loses no digits; beyond 6 nothing is left to add. */
function errorFunction(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x)
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n += 1) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}
