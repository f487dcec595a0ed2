/** Measurements the protocol knows, and their units (spec/event-processing.md §3.12). */

const UNITS: Record<string, string> = {
  app_start_cold: 'millisecond',
  app_start_warm: 'millisecond',
  cls: 'none',
  fcp: 'millisecond',
  fid: 'millisecond',
  fp: 'millisecond',
  frames_frozen: 'none',
  frames_frozen_rate: 'ratio',
  frames_slow: 'none',
  frames_slow_rate: 'ratio',
  frames_total: 'none',
  inp: 'millisecond',
  lcp: 'millisecond',
  stall_count: 'none',
  stall_longest_time: 'millisecond',
  stall_percentage: 'ratio',
  stall_total_time: 'millisecond',
  time_to_full_display: 'millisecond',
  time_to_initial_display: 'millisecond',
  ttfb: 'millisecond',
  'ttfb.requesttime': 'millisecond',
}

/** The unit of a known measurement; undefined for one a user made up. */
export function knownUnit(name: string): string | undefined {
  return Object.hasOwn(UNITS, name) ? UNITS[name] : undefined
}
