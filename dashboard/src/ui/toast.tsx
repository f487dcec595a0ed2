import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useHotkeys } from './use-hotkeys.ts'

export type Toast = { title: string; detail?: string; isBad?: boolean; undo?: () => void }

type Shown = Toast & { id: number }

/** Long enough to read, notice a slip and reach for Undo. */
const SHOWN_MS = 8000
const TOASTS_MAX = 3

let shown: readonly Shown[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Says something at the page's edge for a while. */
export function showToast(toast: Toast) {
  lastId += 1
  setShown([...shown, { ...toast, id: lastId }].slice(-TOASTS_MAX))
}

function setShown(next: readonly Shown[]) {
  shown = next
  for (const listener of listeners) listener()
}

function close(id: number) {
  setShown(shown.filter((toast) => toast.id !== id))
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where toasts appear. Stands once, in the frame of the pages. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => shown)
  const undoable = toasts.findLast((toast) => toast.undo !== undefined)
  useHotkeys({ z: () => undoable && takeBack(undoable) })
  return (
    <ol
      aria-label="Notifications"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-50 flex flex-col items-end gap-2 sm:right-4 sm:bottom-4 sm:left-auto"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </ol>
  )
}

function ToastCard({ toast }: { toast: Shown }) {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => close(toast.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, toast.id])
  return (
    <li
      className="pointer-events-auto flex w-full animate-arrive items-center gap-3 rounded-lg bg-kumo-contrast py-2 pr-2 pl-3.5 text-sm text-kumo-inverse shadow-lg sm:w-auto sm:min-w-72"
      onBlur={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon name={toast.isBad ? 'warning' : 'check'} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{toast.title}</p>
        {toast.detail !== undefined && <p className="wrap-anywhere opacity-75">{toast.detail}</p>}
      </div>
      {toast.undo !== undefined && (
        <Button onClick={() => takeBack(toast)} title="Undo (z)">
          Undo
        </Button>
      )}
      <button
        aria-label="Close"
        className="flex size-7 cursor-pointer items-center justify-center rounded opacity-60 hover:opacity-100 pointer-coarse:size-9"
        onClick={() => close(toast.id)}
        type="button"
      >
        <Icon name="x" size={14} />
      </button>
    </li>
  )
}

function takeBack(toast: Shown) {
  close(toast.id)
  toast.undo?.()
}
