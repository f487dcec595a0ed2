import { useSyncExternalStore } from 'react'
import type { IconName } from './icon.tsx'

export type Theme = 'system' | 'light' | 'dark'

export const THEMES: { id: Theme; name: string; icon: IconName }[] = [
  { id: 'system', name: 'System theme', icon: 'monitor' },
  { id: 'light', name: 'Light theme', icon: 'sun' },
  { id: 'dark', name: 'Dark theme', icon: 'moon' },
]

/** Also read by public/theme.js, before the first paint. */
const KEY = 'picket.theme'
const listeners = new Set<() => void>()
const system = matchMedia('(prefers-color-scheme: dark)')

function readTheme(): Theme {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function applyTheme() {
  const theme = readTheme()
  const dark = theme === 'dark' || (theme === 'system' && system.matches)
  document.documentElement.dataset.mode = dark ? 'dark' : 'light'
  for (const listener of listeners) listener()
}

system.addEventListener('change', applyTheme)

export function chooseTheme(theme: Theme) {
  if (theme === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  applyTheme()
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, readTheme)
}
