import { useEffect, useRef } from 'react'
import type { IconName } from './icon.tsx'
import { useHotkeys } from './use-hotkeys.ts'

/** Something the page can do: by its key, and by its name in the command palette. */
export type Command = { name: string; key?: string; icon?: IconName; run: () => void }

const offered = new Set<{ current: Command[] }>()

/** Offers commands for as long as the calling component is on the page. */
export function useCommands(commands: Command[]) {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    offered.add(latest)
    return () => {
      offered.delete(latest)
    }
  }, [])
  useHotkeys(
    Object.fromEntries(commands.flatMap(({ key, run }) => (key === undefined ? [] : [[key, run]]))),
  )
}

/** Every command on offer now; first those with a key, which act on what is on the page. */
export function offeredCommands(): Command[] {
  const all = [...offered].flatMap(({ current }) => current)
  return all.toSorted((a, b) => Number(b.key !== undefined) - Number(a.key !== undefined))
}
