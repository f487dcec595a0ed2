import { lazy, Suspense, useEffect, useState } from 'react'
import type { ProjectPath } from '~/api/project.ts'
import { Button } from '~/ui/button.tsx'
import { Icon } from '~/ui/icon.tsx'
import { KeyCap } from '~/ui/key-cap.tsx'

const fetchPalette = () => import('./palette.tsx')
const Palette = lazy(fetchPalette)

const MODIFIER = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl'

/** Opens the command palette, by click or by ⌘K. Its code is fetched on the way there. */
export function PaletteButton({ path }: { path: ProjectPath | undefined }) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      setOpen((wasOpen) => !wasOpen)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
  return (
    <>
      <Button
        aria-label="Command palette"
        icon={<Icon name="search" size={14} />}
        onClick={() => setOpen(true)}
        onFocus={fetchPalette}
        onPointerEnter={fetchPalette}
        title={`Go anywhere, do anything (${MODIFIER} K)`}
        variant="ghost"
      >
        <span className="hidden items-center gap-0.5 md:flex">
          <KeyCap>{MODIFIER}</KeyCap>
          <KeyCap>K</KeyCap>
        </span>
      </Button>
      {isOpen && (
        <Suspense>
          <Palette onClose={() => setOpen(false)} path={path} />
        </Suspense>
      )}
    </>
  )
}
