import { type ComponentProps, lazy, Suspense, useState } from 'react'
import { Button } from './button.tsx'
import type { IconName } from './icon.tsx'

export type MenuEntry = { name: string; icon?: IconName; isChosen?: boolean; run: () => void }

/** Entries that belong together; a line stands between groups. */
export type MenuGroup = { name?: string; entries: MenuEntry[] }

const fetchMenu = () => import('./menu-popup.tsx')
const MenuPopup = lazy(fetchMenu)

type MenuButtonProps = ComponentProps<typeof Button> & { groups: MenuGroup[] }

/** A button with a menu behind it. The menu itself is fetched when somebody reaches for it. */
export function MenuButton({ groups, ...button }: MenuButtonProps) {
  const [isWanted, setWanted] = useState(false)
  const closed = (
    <Button
      {...button}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
      onFocus={fetchMenu}
      onPointerEnter={fetchMenu}
    />
  )
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <MenuPopup button={<Button {...button} />} groups={groups} />
    </Suspense>
  )
}
