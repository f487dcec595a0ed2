import { useSyncExternalStore } from 'react'

/** How times are written: how long ago, or the hour in UTC. The reader's choice, kept by the browser. */
export type TimeMode = 'ago' | 'utc'

const KEY = 'picket.time'
const listeners = new Set<() => void>()

function readMode(): TimeMode {
  return localStorage.getItem(KEY) === 'utc' ? 'utc' : 'ago'
}

export function chooseTimeMode(mode: TimeMode) {
  localStorage.setItem(KEY, mode)
  for (const listener of listeners) listener()
}

export function useTimeMode(): TimeMode {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, readMode)
}
