import { describe, expect, it } from 'vitest'
import type { Frame } from '#contract/event.ts'
import { describeFrame, foldFrames, frameToOpen } from './frame-text.ts'

const app = (name: string): Frame => ({
  function: name,
  filename: 'app.js',
  lineNo: 1,
  inApp: true,
})
const system = (name: string): Frame => ({
  function: name,
  filename: 'node:net',
  lineNo: 1,
  inApp: false,
})

/** Folded frames as words: a frame's name, or how many system frames stand folded. */
function fold(oldestFirst: Frame[], isFolding = true): (string | number)[] {
  return foldFrames(oldestFirst, isFolding).map((run) =>
    run.kind === 'frame' ? `${String(run.frame.function)}×${run.repeats}` : run.frames.length,
  )
}

describe('foldFrames', () => {
  it('puts the newest first and folds runs of system frames', () => {
    const frames = [system('a'), system('b'), app('c'), system('d'), system('e'), app('f')]
    expect(fold(frames)).toEqual(['f×1', 2, 'c×1', 2])
  })

  it('never folds the frame where it happened', () => {
    expect(fold([app('a'), system('b'), system('c'), system('d')])).toEqual(['d×1', 2, 'a×1'])
  })

  it('does not fold a single frame, nor a trace without frames of the app', () => {
    expect(fold([system('a'), app('b')])).toEqual(['b×1', 'a×1'])
    expect(fold([system('a'), system('b'), system('c')])).toEqual(['c×1', 'b×1', 'a×1'])
  })

  it('shows every frame when asked to', () => {
    const frames = [system('a'), system('b'), app('c')]
    expect(fold(frames, false)).toEqual(['c×1', 'b×1', 'a×1'])
  })

  it('counts recursion instead of repeating it', () => {
    expect(fold([app('main'), ...Array.from({ length: 5 }, () => app('deep'))])).toEqual([
      'deep×5',
      'main×1',
    ])
  })
})

it('opens the newest frame of the app that has source', () => {
  const withSource = { ...app('b'), context: [[1, 'x()']] }
  const runs = foldFrames([app('a'), withSource, app('c')], true)
  const key = frameToOpen(runs)
  expect(runs.find((run) => run.key === key)).toMatchObject({ frame: { function: 'b' } })
})

describe('describeFrame', () => {
  it('falls back to the address and the library of a native frame', () => {
    const native = { package: '/usr/lib/libc.so.6', instructionAddr: '0x1' }
    expect(describeFrame(native)).toMatchObject({ name: '0x1', place: 'libc.so.6' })
  })

  it('makes do with nothing', () => {
    expect(describeFrame({})).toEqual({
      name: '<anonymous>',
      place: '',
      module: '',
      isInApp: false,
    })
  })
})
