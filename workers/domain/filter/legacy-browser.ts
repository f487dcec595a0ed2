import type { LegacyBrowser } from './inbound-filters.ts'

/** The newest major version each option drops (spec/event-processing.md §4.2). */
type Bounds = [family: string, newest: number, oldest?: number][]

const BOUNDS: Record<LegacyBrowser, Bounds> = {
  ie: [['IE', 11]],
  edge: [['Edge', 110]],
  safari: [['Safari', 15]],
  firefox: [['Firefox', 110]],
  chrome: [['Chrome', 110]],
  opera: [['Opera', 99]],
  android: [['Android', 3]],
  opera_mini: [['Opera Mini', 34]],
  ie_pre_9: [['IE', 8]],
  ie9: [['IE', 9, 9]],
  ie10: [['IE', 10, 10]],
  ie11: [['IE', 11, 11]],
  edge_pre_79: [['Edge', 18]],
  safari_pre_6: [['Safari', 5]],
  opera_pre_15: [['Opera', 14]],
  opera_mini_pre_8: [['Opera Mini', 7]],
  android_pre_4: [['Android', 3]],
  default: [
    ['IE', 9],
    ['Safari', 5],
    ['Opera', 14],
    ['Android', 3],
    ['Opera Mini', 7],
  ],
}

/** Names that browsers have for the same thing. */
const FAMILIES: Record<string, string> = {
  'IE Mobile': 'IE',
  'Google Chrome': 'Chrome',
  'Microsoft Edge': 'Edge',
}

export interface Browser {
  name: string
  version: string | null
}

/** Browsers that one of the options drops; one that does not say its version is kept. */
export function legacyBrowserTest(options: LegacyBrowser[]): (browser: Browser) => boolean {
  // Where `default` is chosen only its table counts (§4.2).
  const bounds = options.includes('default')
    ? BOUNDS.default
    : options.flatMap((option) => BOUNDS[option])
  return ({ name, version }) => {
    const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : name
    const major = /^\d{1,6}/.exec(version ?? '')?.[0]
    if (!major) return false
    return bounds.some(
      ([of, newest, oldest = 0]) =>
        of === family && Number(major) <= newest && Number(major) >= oldest,
    )
  }
}
