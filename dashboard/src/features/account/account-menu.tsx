import type { User } from '#contract/auth.ts'
import { Icon } from '~/ui/icon.tsx'
import { MenuButton } from '~/ui/menu-button.tsx'
import { chooseTheme, THEMES, useTheme } from '~/ui/theme.ts'
import { useSignOut } from './use-sign-out.ts'

/** Who is signed in, how the pages look to them, and the way out. */
export function AccountMenu({ user }: { user: User }) {
  const theme = useTheme()
  const signOut = useSignOut()
  return (
    <MenuButton
      aria-label={`Account of ${user.email}`}
      groups={[
        {
          name: user.email,
          entries: THEMES.map(({ id, name, icon }) => ({
            name,
            icon,
            isChosen: id === theme,
            run: () => chooseTheme(id),
          })),
        },
        { entries: [{ name: 'Sign out', icon: 'signOut', run: () => void signOut() }] },
      ]}
      icon={<Icon name="user" />}
      isSquare
      title={user.email}
      variant="ghost"
    />
  )
}
