import { type Component, component, switchedOff } from '../component/component.ts'
import { type FrameSelection, selectFrames } from '../enhancement/select-frames.ts'
import type { GroupingFrame } from '../stacktrace/frame.ts'
import type { PreparedStacktrace } from '../stacktrace/prepare-stacktrace.ts'
import { frameComponent } from './frame.ts'
import type { NewstyleOptions } from './options.ts'
import { isUrlOrFile } from './url.ts'

/** One tree with the frames of the application, one with all frames. */
export interface StackVariants {
  app: Component
  system: Component
}

/** The same stack trace seen twice (spec/grouping.md §7). */
export function stacktraceComponents(
  { frames, subject }: PreparedStacktrace,
  options: NewstyleOptions,
): StackVariants {
  if (frames.length === 0) {
    const nothing = switchedOff(component('stacktrace', []), 'there are no frames')
    return { app: nothing, system: nothing }
  }
  const components = frames.map((frame) => frameComponent(frame, options))
  withoutRecursion(components, frames)
  const selection = selectFrames(subject)
  const ofApp = components.map((component, at) =>
    frames[at]!.inApp ? component : switchedOff(component, outOfApp(frames[at]!)),
  )
  for (const variant of [ofApp, components]) withoutLoneFrame(variant, frames, options)
  const app = assemble(ofApp, selection, (at) => frames[at]!.inApp)
  const system = assemble(components, selection, () => true)
  return { app: withoutEcho(app, system, frames), system }
}

function outOfApp({ inAppRule }: GroupingFrame): string {
  return inAppRule === null ? 'not in-app' : `not in-app by the rule ${inAppRule}`
}

/** A function that calls itself from the same place counts once. */
function withoutRecursion(components: Component[], frames: GroupingFrame[]): void {
  for (let at = 1; at < frames.length; at++) {
    if (!isSameCall(frames[at]!, frames[at - 1]!)) continue
    components[at] = switchedOff(components[at]!, 'a recursive call')
  }
}

function isSameCall(a: GroupingFrame, b: GroupingFrame): boolean {
  return (
    a.function === b.function &&
    a.lineno === b.lineno &&
    a.colno === b.colno &&
    a.module === b.module &&
    a.filename === b.filename &&
    a.absPath === b.absPath &&
    a.package === b.package
  )
}

/** In JavaScript one frame without a function is no stack trace. */
function withoutLoneFrame(
  components: Component[],
  [frame, ...others]: GroupingFrame[],
  { dropsLoneFrameAt }: NewstyleOptions,
): void {
  const [lone] = components
  const isLone = others.length === 0 && frame?.family === 'javascript' && frame.function === null
  if (!isLone || !lone?.contributes) return
  if (isUrlOrFile(frame.absPath) !== (dropsLoneFrameAt === 'url')) return
  components[0] = switchedOff(lone, 'one frame without a function is too little')
}

/**
 * Lets the rules have their say, then the limits they set. The limits count what rules forced in,
 * also where the variant then leaves it out all the same.
 */
function assemble(
  components: Component[],
  { verdicts, maxFrames, minFrames }: FrameSelection,
  isAllowed: (at: number) => boolean,
): Component {
  const frames = components.map((component, at) => {
    const verdict = verdicts[at]
    if (!verdict || verdict.contributes === component.contributes) return component
    const hint = `${verdict.contributes ? 'counts' : 'ignored'} by the rule ${verdict.rule}`
    return { ...component, contributes: verdict.contributes, hint }
  })
  let counting = 0
  for (let at = frames.length - 1; at >= 0; at--) {
    const frame = frames[at]!
    if (!frame.contributes || ++counting <= maxFrames || maxFrames === 0) continue
    frames[at] = switchedOff(frame, `only the last ${maxFrames} frames count`)
  }
  if (maxFrames > 0) counting = Math.min(counting, maxFrames)
  const isTooShort = counting > 0 && counting < minFrames
  const allowed = frames.map((frame, at) =>
    frame.contributes && !isAllowed(at) ? switchedOff(frame, components[at]!.hint) : frame,
  )
  const whole = component('stacktrace', allowed)
  return isTooShort
    ? switchedOff(whole, `fewer than ${minFrames} frames count`)
    : whole.contributes
      ? whole
      : { ...whole, hint: 'no frame counts' }
}

/** In-app frames that would not even count among all frames are no reason to group by. */
function withoutEcho(app: Component, system: Component, frames: GroupingFrame[]): Component {
  if (!app.contributes) return app
  const counts = frames.some(({ inApp }, at) => inApp && isContributing(system, at))
  return counts ? app : switchedOff(app, 'no in-app frame counts')
}

function isContributing(stacktrace: Component, at: number): boolean {
  const frame = stacktrace.values[at]
  return typeof frame === 'object' && frame !== null && frame.contributes
}
