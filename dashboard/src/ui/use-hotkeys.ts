import { useEffect, useRef } from 'react'

/** Keys by `KeyboardEvent.key` in lower case: `{ j: next, enter: open }`. Modifiers are left alone. */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>

/** Listens on the page, but never while someone types or a dialog is open. */
export function useHotkeys(hotkeys: Hotkeys) {
  const latest = useRef(hotkeys)
  useEffect(() => {
    latest.current = hotkeys
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return
      const target = event.target
      if (target instanceof HTMLElement) {
        if (target.isContentEditable) return
        if (target.closest('input:not([type=checkbox]),textarea,select,[role=dialog],[role=menu]'))
          return
      }
      const run = latest.current[event.key.toLowerCase()]
      if (!run) return
      event.preventDefault()
      run(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
